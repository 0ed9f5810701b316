using System.Diagnostics;

namespace Plumb.Benchmarks;

/// <summary>A program that does the work: plumb, the pprof that comes with Go, and one that was built from its repository.</summary>
/// <param name="Version">What tells it from others of its name.</param>
/// <param name="Command">What goes before the arguments.</param>
internal sealed record Peer(string Name, string Version, string[] Command)
{
    public const string OwnName = "plumb";

    public static Peer Plumb(string command) => new(OwnName, Output(command, "--version"), [command, "pprof"]);

    /// <summary>Those to compare with: all that are there, or only the ones that PLUMB_BENCH_PEERS names, separated by commas.</summary>
    public static Peer[] Others()
    {
        string[]? names = Environment.GetEnvironmentVariable("PLUMB_BENCH_PEERS")?.Split(',');
        return [.. Installed().Where(peer => names is null || names.Contains(peer.Name))];
    }

    private static Peer[] Installed()
    {
        // `go tool` starts the program as a child, so it is asked where that is.
        Peer bundled = new("go tool pprof", Output("go", "env", "GOVERSION"), [Output("go", "tool", "-n", "pprof")]);
        string? path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "pprof")).FirstOrDefault(File.Exists);
        return path is null ? [bundled] : [bundled, new Peer("pprof", VersionOfBuild(path), [path])];
    }

    // pprof does not tell its own version; whoever built it may.
    private static string VersionOfBuild(string path)
    {
        string compiler = Output("go", "version", path).Split(' ')[^1];
        return $"{Environment.GetEnvironmentVariable("PLUMB_BENCH_PPROF_VERSION") ?? "of unknown version"}, built with {compiler}";
    }

    private static string Output(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed");
    }
}
