using System.Runtime.CompilerServices;

namespace Shop.Defects;

/// <summary>Asks the root provider for a disposable service at every request: the root keeps it to dispose it at the end.</summary>
internal sealed class CaptiveDisposables : IDefect
{
    public string Name => "captive-disposables";

    public string Pattern => "dotnet-captive-disposables";

    public string Function => "Shop.Defects.CaptiveDisposables.Resolve";

    public int Rate => 300;

    public void Add(IServiceCollection services) => services.AddTransient<Printer>();

    public void Map(WebApplication app, bool leaks, string peer) => app.MapGet("/buy", (HttpContext context) => Resolve(leaks ? app.Services : context.RequestServices));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Resolve(IServiceProvider services) => services.GetRequiredService<Printer>().Print(); // leak: the root scope ends with the process

    internal sealed class Printer : IDisposable
    {
        private readonly byte[] _page = new byte[2048];

        public int Print() => _page.Length;

        public void Dispose() => _page.AsSpan().Clear();
    }
}
