using System.ComponentModel;
using System.Diagnostics;
using Plumb.Cli.Leaks;

namespace Plumb.Cli.Processes;

/// <summary>
/// Where the native agent is that a .NET process loads: where PLUMB_AGENT says, beside plumb, or in the checkout that plumb runs from,
/// where it is built once when it is first needed.
/// </summary>
internal static class AgentFile
{
    private const string Name = "libplumb-agent.so";
    private const string Sources = "src/capture/Plumb.Agent";

    /// <returns>A path, of a file that may not be there: what needs the agent then says so, the rest works without.</returns>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable("PLUMB_AGENT") is { Length: > 0 } named)
            return Path.GetFullPath(named);
        string beside = Path.Combine(AppContext.BaseDirectory, Name);
        if (File.Exists(beside) || Environment.GetEnvironmentVariable("PLUMB_CHECKOUT") is not { Length: > 0 } checkout)
            return beside;
        string built = Path.Combine(checkout, ".plumb/agent", Name);
        if (!File.Exists(built) || HasChanged(Path.Combine(checkout, Sources), File.GetLastWriteTimeUtc(built)))
            Build(Path.Combine(checkout, Sources, "build"), Path.GetDirectoryName(built)!);
        return built;
    }

    private static bool HasChanged(string sources, DateTime since) =>
        Directory.Exists(sources) && new DirectoryInfo(sources).EnumerateFiles("*.cs", SearchOption.AllDirectories)
            .Any(file => file.LastWriteTimeUtc > since && !file.FullName.Contains("/obj/", StringComparison.Ordinal));

    private static void Build(string script, string folder)
    {
        if (!File.Exists(script))
            return;
        Console.Error.WriteLine("plumb: building the native agent for .NET processes (once) …");
        try
        {
            // What it says goes to stderr, as all that is no result.
            using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$1\" >&2", script, folder])) ?? throw new LeaksException($"{script} cannot be run");
            process.WaitForExit();
        }
        catch (Win32Exception e)
        {
            throw new LeaksException($"{script} cannot be run: {e.Message}");
        }
    }
}
