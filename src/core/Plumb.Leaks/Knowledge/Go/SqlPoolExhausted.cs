using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>(*DB).conn</c> in select: victims of 23 and 24.</summary>
public sealed class SqlPoolExhausted : LeakPattern
{
    public override string Id => "sql-pool-exhausted";

    public override string Title => "Requests wait for a database connection";

    public override string Cause =>
        "All connections of the pool are taken. These goroutines are the victims; the cause is whoever keeps the " +
        "connections: open rows, open transactions, slow queries.";

    public override string Remedy =>
        "Look for rows and transactions that are not closed; then SetMaxOpenConns, and give queries a context with " +
        "a deadline.";

    public override string? Reference => "https://pkg.go.dev/database/sql#DB.SetMaxOpenConns";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutines.Any(s => s.State == WaitState.Select && s.Leaf.Is("database/sql", "(*DB).conn"))
            ? PatternMatch.Unsure("more and more goroutines wait in DB.conn for a free connection") with { VictimReason = "waits for a connection of a pool that is used up" }
            : PatternMatch.No;
    }
}
