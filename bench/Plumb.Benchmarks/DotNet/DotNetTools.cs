namespace Plumb.Benchmarks.DotNet;

/// <summary>Where the programs are that the measurement needs.</summary>
/// <param name="Service">The service's assembly.</param>
/// <param name="Agent">The native agent.</param>
/// <param name="Plumb">The command that keeps a rate of requests.</param>
/// <param name="Trace">dotnet-trace; null when it is not there, and nothing is compared with it.</param>
internal sealed record DotNetTools(string Service, string Agent, string Plumb, string? Trace)
{
    /// <param name="root">The checkout, in which all was built.</param>
    public static DotNetTools Find(string root)
    {
        string trace = Path.Combine(root, ".plumb/tools/dotnet-trace");
        return new(
            Needed(Path.Combine(root, "bench/dotnet/bin/Release/net10.0/plumb-bench-service.dll")),
            Needed(Path.Combine(root, ".plumb/agent/libplumb-agent.so")),
            Needed(Path.Combine(root, ".plumb/bin/plumb")),
            File.Exists(trace) ? trace : null);
    }

    private static string Needed(string path) => File.Exists(path) ? path : throw new FileNotFoundException($"{path} was not built; use ./dev bench dotnet");
}
