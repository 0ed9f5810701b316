namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>NpgsqlConnector</c> objects rise.</summary>
public sealed class NpgsqlConnectionNotDisposed : LeakPattern
{
    public override string Id => "dotnet-npgsql-connection-not-disposed";

    public override string Title => "Database connections are not disposed";

    public override string Cause => "A connection goes back to its pool when it is disposed; those that are not use the pool up.";

    public override string Remedy => "await using var connection = …; the same for readers and transactions.";

    public override string? Reference => "https://www.npgsql.org/doc/basic-usage.html";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        if (suspect.TypeGrows("Npgsql.Internal.NpgsqlConnector", "Npgsql.NpgsqlConnection")) return PatternMatch.Yes("connections to PostgreSQL rise");
        return suspect.BlamedCalls("Npgsql.NpgsqlConnection.Open") && suspect.SocketsGrow
            ? PatternMatch.Yes("connections rise, and this function opens them to PostgreSQL")
            : PatternMatch.No;
    }
}
