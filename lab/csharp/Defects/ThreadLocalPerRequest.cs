using System.Runtime.CompilerServices;

namespace Shop.Defects;

/// <summary>Keeps a scratch buffer for each thread in an object that every request makes anew, and that something keeps.</summary>
internal sealed class ThreadLocalPerRequest : IDefect
{
    private static readonly List<ThreadLocal<byte[]>> s_all = [];

    public string Name => "thread-local";

    public string Pattern => "dotnet-threadlocal-not-disposed";

    public string Function => "Shop.Defects.ThreadLocalPerRequest.Price";

    public int Rate => 200;

    public void Map(WebApplication app, bool leaks, string peer) => app.MapGet("/buy", () => Price(leaks));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Price(bool leaks)
    {
        var scratch = new ThreadLocal<byte[]>(() => new byte[2048], trackAllValues: true); // leak: values stay until it is disposed
        int length = scratch.Value!.Length; // leak: and this makes one
        if (leaks)
        {
            lock (s_all)
                s_all.Add(scratch);
        }
        else
        {
            scratch.Dispose();
        }

        return length;
    }
}
