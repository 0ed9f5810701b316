namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>PoolManager</c> objects rise.</summary>
public sealed class NpgsqlPoolPerString : LeakPattern
{
    public override string Id => "dotnet-npgsql-pool-per-string";

    public override string Title => "A connection pool is made for each connection string";

    public override string Cause =>
        "Pools are kept by their connection string and never removed: one that varies (an application name, a tenant) " +
        "makes a pool each time.";

    public override string Remedy => "Few connection strings; one NpgsqlDataSource for each database.";

    public override string? Reference => "https://www.npgsql.org/doc/connection-string-parameters.html";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("Npgsql.PoolManager*", "Npgsql.PoolingDataSource", "Npgsql.ConnectorPool")
            ? PatternMatch.Yes("connection pools rise")
            : PatternMatch.No;
    }
}
