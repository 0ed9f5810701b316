using System.Diagnostics;

namespace Plumb.Benchmarks;

/// <summary>A program that does the work: plumb, the pprof that comes with Go, and one that was built from its repository.</summary>
/// <param name="Command">What goes before the arguments.</param>
internal sealed record Peer(string Name, string[] Command)
{
    /// <summary>Those to compare with, of which the first is always there.</summary>
    public static Peer[] All()
    {
        // `go tool` starts the program as a child, so it is asked where that is.
        Peer bundled = new("go tool pprof", [Output("go", "tool", "-n", "pprof")]);
        string? path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "pprof")).FirstOrDefault(File.Exists);
        return path is null ? [bundled] : [bundled, new Peer("pprof", [path])];
    }

    private static string Output(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed");
    }
}
