namespace Shop.Defects;

/// <summary>Every basket listens to price changes; none ever stops to.</summary>
internal sealed class EventHandlerNotRemoved : IDefect
{
    public string Name => "static-event";

    public string Pattern => "dotnet-event-not-unsubscribed";

    public string Function => "Shop.Defects.EventHandlerNotRemoved.Basket.Open";

    public int Rate => 300;

    public void Map(WebApplication app, bool leaks, string peer) => app.MapGet("/buy", () =>
    {
        Basket basket = Basket.Open();
        int total = basket.Total();
        if (!leaks)
            basket.Close();
        return total;
    });

    private static class Prices
    {
        public static event EventHandler? Changed;

        public static void Change() => Changed?.Invoke(null, EventArgs.Empty);
    }

    private sealed class Basket
    {
        private readonly byte[] _lines = new byte[4096];
        private bool _isStale;

        public static Basket Open()
        {
            var basket = new Basket(); // leak: what listens is kept by what is listened to
            Prices.Changed += basket.OnChanged; // leak: and is never removed
            return basket;
        }

        public int Total() => _isStale ? 0 : _lines.Length;

        public void Close() => Prices.Changed -= OnChanged;

        private void OnChanged(object? sender, EventArgs e) => _isStale = true;
    }
}
