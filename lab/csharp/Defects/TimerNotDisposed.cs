namespace Shop.Defects;

/// <summary>Watches every parcel with a timer, and goes on watching those that have arrived.</summary>
internal sealed class TimerNotDisposed : IDefect
{
    public string Name => "timer";

    public string Pattern => "dotnet-timer-not-disposed";

    public string Function => "Shop.Defects.TimerNotDisposed.Parcel.Send";

    public int Rate => 300;

    public void Map(WebApplication app, bool leaks, string peer) => app.MapGet("/buy", () =>
    {
        Parcel parcel = Parcel.Send();
        if (!leaks)
            parcel.Dispose();
        return "sent";
    });

    /// <summary>Its timer refers to it, and it to its timer: a timer that nobody refers to would be collected.</summary>
    private sealed class Parcel : IDisposable
    {
        private readonly byte[] _label = new byte[1024];
        private Timer? _timer;

        public static Parcel Send()
        {
            var parcel = new Parcel(); // leak: what its timer looks at
            parcel._timer = new Timer(_ => parcel.Look(), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)); // leak: a running timer is kept by the runtime
            return parcel;
        }

        public void Dispose() => _timer?.Dispose();

        private void Look() => _label.AsSpan().Fill(1);
    }
}
