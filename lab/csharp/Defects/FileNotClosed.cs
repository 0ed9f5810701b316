using System.Runtime.CompilerServices;

namespace Shop.Defects;

/// <summary>Opens the conditions of sale for every order, and leaves the closing to the finalizer, which a list keeps from coming.</summary>
internal sealed class FileNotClosed : IDefect
{
    private static readonly List<FileStream> s_open = [];

    public string Name => "file";

    public string Pattern => "dotnet-static-collection";

    public string Function => "Shop.Defects.FileNotClosed.Open";

    public int Rate => 30;

    public void Map(WebApplication app, bool leaks, string peer)
    {
        string path = Path.GetTempFileName();
        app.MapGet("/buy", () =>
        {
            FileStream file = Open(path);
            lock (s_open)
                s_open.Add(file);
            if (!leaks)
                Close();
            return "read";
        });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 16 * 1024); // leak: nobody closes it

    private static void Close()
    {
        lock (s_open)
        {
            s_open.ForEach(file => file.Dispose());
            s_open.Clear();
        }
    }
}
