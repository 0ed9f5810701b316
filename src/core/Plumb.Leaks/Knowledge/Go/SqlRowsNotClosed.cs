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
        if (suspect.Goroutine("database/sql", "(*Rows).awaitDone", "(*Rows).awaitDone*") is not null)
            return PatternMatch.Yes("more and more open result sets (Rows.awaitDone)");
        if (suspect.Heap.Any(s => s.Has("database/sql", "(*DB).conn") && s.Has("database/sql", "(*DB).query", "(*DB).queryDC")))
            return PatternMatch.Yes("queries open more and more connections: earlier ones are still held by their rows");
        // With a context that never ends nobody waits for it, and each result set that stays open has a connection of its own.
        var queries = suspect.Process.Any(s => s.Calls("database/sql", "(*DB).Query*", "(*Stmt).Query*", "(*DB).conn", "(*DB).query*"));
        var dials = suspect.Process.Any(s => s.Own is not null && s.Calls("net", "Dial*", "(*Dialer).*") && !s.Has("database/sql"));
        return suspect is { Growing.Count: 0, SocketsGrow: true } && !dials && (queries || suspect.Process.Any(s => s.Has("database/sql", "(*DB).connectionOpener")))
            ? PatternMatch.Unsure("sockets rise in a process that asks a database, and nothing else is seen to open any")
            : PatternMatch.No;
    }
}
