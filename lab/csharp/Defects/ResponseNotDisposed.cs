namespace Shop.Defects;

/// <summary>Asks a supplier for stock, looks at the status of the answer, and keeps the answer for a log that nobody writes.</summary>
internal sealed class ResponseNotDisposed : IDefect
{
    private static readonly HttpClient s_client = new();
    private static readonly List<HttpResponseMessage> s_answers = [];

    public string Name => "http-response";

    public string Pattern => "dotnet-http-response-not-disposed";

    public string Function => "Shop.Defects.ResponseNotDisposed.IsAvailableAsync";

    public int Rate => 50;

    public void Map(WebApplication app, bool leaks, string peer)
    {
        // More than fits into the buffers: an answer that is not read keeps its connection.
        byte[] catalogue = new byte[256 * 1024];
        app.MapGet("/supplier", () => Results.Bytes(catalogue));
        app.MapGet("/buy", () => IsAvailableAsync(new Uri($"{app.Urls.First()}/supplier"), leaks));
    }

    private static async Task<bool> IsAvailableAsync(Uri supplier, bool leaks)
    {
        HttpResponseMessage answer = await s_client.GetAsync(supplier, HttpCompletionOption.ResponseHeadersRead); // leak: nobody disposes it
        bool available = answer.IsSuccessStatusCode;
        if (leaks)
        {
            lock (s_answers)
                s_answers.Add(answer);
        }
        else
        {
            answer.Dispose();
        }

        return available;
    }
}
