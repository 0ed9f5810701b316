namespace Shop.Defects;

/// <summary>Links every request to the life of the service, and never unlinks it.</summary>
internal sealed class LinkedTokenSource : IDefect
{
    private const int Items = 8;

    public string Name => "linked-token";

    public string Pattern => "dotnet-linked-token-source-not-disposed";

    public string Function => "Shop.Defects.LinkedTokenSource.BuyAsync";

    public int Rate => 400;

    public void Map(WebApplication app, bool leaks, string peer) => app.MapGet("/buy", () => BuyAsync(leaks, app.Lifetime.ApplicationStopping));

    private static async Task<string> BuyAsync(bool leaks, CancellationToken stopping)
    {
        await Task.Yield();
        for (int item = 0; item < Items; item++)
        {
            var both = CancellationTokenSource.CreateLinkedTokenSource(stopping); // leak: the service's token keeps it until it is disposed
            both.Token.ThrowIfCancellationRequested();
            if (!leaks)
                both.Dispose();
        }

        return "bought";
    }
}
