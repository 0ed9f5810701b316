using System.Diagnostics;
using System.Globalization;

namespace Plumb.Runtime.Tests;

/// <summary>The program Plumb.Target at work, with the runtime's own async on.</summary>
internal sealed class OtherProcess : IAsyncDisposable
{
    private readonly Process _process;

    private OtherProcess(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public static string SourceFile { get; } = Path.Combine(Checkout(), "tests/Plumb.Target/Program.cs");

    public int Id => _process.Id;

    /// <summary>Where it asks itself, and gets no answer.</summary>
    public int Port { get; }

    /// <param name="callsBefore">How often its methods run before it waits.</param>
    public static async Task<OtherProcess> StartAsync(int callsBefore)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string program = Path.Combine(Checkout(), $"tests/Plumb.Target/bin/{configuration}/net10.0/Plumb.Target.dll");
        var info = new ProcessStartInfo(Environment.ProcessPath!, [program, callsBefore.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        info.Environment["DOTNET_RuntimeAsync"] = "1";
        var process = Process.Start(info)!;
        string? ready = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.StartsWith("ready ", ready, StringComparison.Ordinal);
        return new OtherProcess(process, int.Parse(ready!.AsSpan("ready ".Length), CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Checkout()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Plumb.slnx")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
