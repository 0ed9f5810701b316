namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>sql.Rows</c> left open.</summary>
public sealed class SqlRowsNotClosed : LeakPattern
{
    public override string Id => "sql-rows-not-closed";

    public override string Title => "Rows of a query are not closed";

    public override string Cause => "Open rows hold their connection, so the pool runs dry or keeps opening more.";

    public override string Remedy => "defer rows.Close() right after the error check, and check rows.Err() after the loop.";

    public override string? Reference => "https://pkg.go.dev/database/sql#Rows.Close";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutine("database/sql", "(*Rows).awaitDone", "(*Rows).awaitDone*") is not null
            ? PatternMatch.Yes("more and more open result sets (Rows.awaitDone)")
            : PatternMatch.No;
    }
}
