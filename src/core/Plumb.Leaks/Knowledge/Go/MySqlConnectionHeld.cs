namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>startWatcher</c> goroutines.</summary>
public sealed class MySqlConnectionHeld : LeakPattern
{
    public override string Id => "mysql-connection-held";

    public override string Title => "MySQL connections are held";

    public override string Cause =>
        "Each connection of the MySQL driver has a watcher goroutine. More and more of them means connections that " +
        "never go back to the pool.";

    public override string Remedy => "Share one sql.DB; close rows, end transactions; SetMaxOpenConns.";

    public override string? Reference => "https://pkg.go.dev/github.com/go-sql-driver/mysql";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutine("go-sql-driver/mysql", "(*mysqlConn).startWatcher*") is not null
            ? PatternMatch.Yes("more and more connection watchers of the MySQL driver")
            : PatternMatch.No;
    }
}
