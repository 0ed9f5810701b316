namespace Plumb.Leaks.Knowledge.Go;

/// <summary>One pool a call.</summary>
public sealed class SqlOpenPerRequest : LeakPattern
{
    public override string Id => "sql-open-per-request";

    public override string Title => "sql.Open is called for each request";

    public override string Cause => "A sql.DB is a pool: each has a goroutine that opens connections, and its own connections.";

    public override string Remedy => "Open one sql.DB when the program starts and share it; Close() it at the end.";

    public override string? Reference => "https://pkg.go.dev/database/sql#Open";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutine("database/sql", "(*DB).connectionOpener", "(*DB).connectionResetter") is not null
            ? PatternMatch.Yes("more and more pools: one connectionOpener goroutine each")
            : PatternMatch.No;
    }
}
