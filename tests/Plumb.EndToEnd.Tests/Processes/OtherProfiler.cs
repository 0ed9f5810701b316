using Plumb.Cli.Demo;
using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests.Processes;

/// <summary>A profiler of another maker, which a process starts with in the usual way; <c>other-profiler.c</c> says what it does.</summary>
internal sealed class OtherProfiler : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private OtherProfiler()
    {
    }

    public IEnumerable<(string Name, string Value)> Variables =>
    [
        ("CORECLR_ENABLE_PROFILING", "1"),
        ("CORECLR_PROFILER", "{b1a5f1c0-7d2e-4f3a-9c61-0d5e8a4b2f17}"),
        ("CORECLR_PROFILER_PATH", Library),
        ("OTHER_PROFILER_LOG", LogFile),
    ];

    /// <summary>The runtime took it, and took what it asked for.</summary>
    public bool HasBegun => Count('i') == 1;

    /// <summary>Compilations that it was told of so far.</summary>
    public int Compilations => Count('c');

    /// <summary>Collections that it was told of so far.</summary>
    public int Collections => Count('g');

    private string Library => Path.Combine(_folder.Path, "other-profiler.so");

    private string LogFile => Path.Combine(_folder.Path, "log");

    public static async Task<OtherProfiler> BuildAsync()
    {
        await LabParts.EnsureAsync(["agent"]);
        var profiler = new OtherProfiler();
        string source = Path.Combine(Repository.Checkout.Root, "tests/Plumb.EndToEnd.Tests/Processes/other-profiler.c");
        await using ChildProcess compiler = ChildProcess.Start("gcc", ["-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", "-o", profiler.Library, source]);
        Assert.True(await compiler.ExitCodeAsync(CancellationToken.None) == 0, compiler.Log);
        return profiler;
    }

    public void Dispose() => _folder.Dispose();

    private int Count(char letter) => File.Exists(LogFile) ? File.ReadAllText(LogFile).Count(noted => noted == letter) : 0;
}
