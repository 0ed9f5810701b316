namespace Shop.Defects;

/// <summary>Makes a client for every request and keeps them all, one for each shop that asked.</summary>
internal sealed class HttpClientPerRequest : IDefect
{
    private static readonly HttpClient s_shared = new();
    private static readonly List<HttpClient> s_clients = [];

    public string Name => "http-client";

    public string Pattern => "dotnet-httpclient-per-call";

    public string Function => "Shop.Defects.HttpClientPerRequest.RateAsync";

    public int Rate => 50;

    public void Map(WebApplication app, bool leaks, string peer)
    {
        app.MapGet("/rates", () => "1.08");
        app.MapGet("/buy", () => RateAsync(new Uri($"{app.Urls.First()}/rates"), leaks));
    }

    private static async Task<string> RateAsync(Uri rates, bool leaks)
    {
        HttpClient client = leaks ? new HttpClient() : s_shared; // leak: each has connections of its own
        if (leaks)
        {
            lock (s_clients)
                s_clients.Add(client);
        }

        return await client.GetStringAsync(rates); // leak: the connection is opened here
    }
}
