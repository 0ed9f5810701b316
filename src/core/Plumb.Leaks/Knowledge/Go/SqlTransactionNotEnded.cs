namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>Begin</c> without <c>Commit</c> or <c>Rollback</c>.</summary>
public sealed class SqlTransactionNotEnded : LeakPattern
{
    public override string Id => "sql-transaction-not-ended";

    public override string Title => "A transaction is neither committed nor rolled back";

    public override string Cause => "An open transaction holds its connection and its locks in the database.";

    public override string Remedy => "defer tx.Rollback() right after Begin: after a Commit it does nothing.";

    public override string? Reference => "https://pkg.go.dev/database/sql#Tx";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutine("database/sql", "(*Tx).awaitDone") is not null
            ? PatternMatch.Yes("more and more open transactions (Tx.awaitDone)")
            : PatternMatch.No;
    }
}
