using Npgsql;

namespace Shop.Defects;

/// <summary>Takes a connection for every request; pooling is off, so that each is one of the server's.</summary>
internal sealed class NpgsqlNotReturned : IDefect
{
    private static readonly List<NpgsqlConnection> s_taken = [];

    public string Name => "npgsql";

    public string Pattern => "dotnet-npgsql-connection-not-disposed";

    public string Function => "Shop.Defects.NpgsqlNotReturned.OpenAsync";

    public string Needs => "postgres";

    public int Rate => 10;

    public void Map(WebApplication app, bool leaks, string peer) => app.MapGet("/buy", async () =>
    {
        NpgsqlConnection connection = await OpenAsync(peer);
        await using var command = new NpgsqlCommand("select 1", connection);
        object? one = await command.ExecuteScalarAsync();
        if (leaks)
        {
            lock (s_taken)
                s_taken.Add(connection);
        }
        else
        {
            await connection.DisposeAsync();
        }

        return one;
    });

    private static async Task<NpgsqlConnection> OpenAsync(string peer)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(peer) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(); // leak: nobody disposes it
        return connection;
    }
}
