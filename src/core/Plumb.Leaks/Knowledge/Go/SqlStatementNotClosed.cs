namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>prepareDC</c> rows.</summary>
public sealed class SqlStatementNotClosed : LeakPattern
{
    public override string Id => "sql-statement-not-closed";

    public override string Title => "Prepared statements are not closed";

    public override string Cause => "A prepared statement lives on every connection it was used on until Close.";

    public override string Remedy => "Prepare once and keep the statement, or defer stmt.Close().";

    public override string? Reference => "https://pkg.go.dev/database/sql#Stmt.Close";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Heap.Any(s => s.Has("database/sql", "(*DB).prepareDC", "(*DB).PrepareContext", "(*Tx).PrepareContext"))
            ? PatternMatch.Yes("live prepared statements grow")
            : PatternMatch.No;
    }
}
