using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;

namespace Plumb.Runtime.Processes;

/// <summary>The socket on which a runtime answers diagnostic tools, and, where there is none, why.</summary>
internal static class DiagnosticsPort
{
    private static readonly string[] s_switches = ["DOTNET_EnableDiagnostics", "DOTNET_EnableDiagnostics_IPC", "COMPlus_EnableDiagnostics", "COMPlus_EnableDiagnostics_IPC"];

    /// <returns>Its path from here.</returns>
    /// <exception cref="ProfileUnavailableException">There is none.</exception>
    public static string Find(ProcessFacts facts)
    {
        string pattern = string.Create(CultureInfo.InvariantCulture, $"dotnet-diagnostic-{facts.OwnNumber}-");
        string folder = facts.Root + facts.TemporaryFolder;
        // A process that was killed leaves its socket behind; the runtime puts its start into the name.
        string exact = Path.Combine(folder, $"{pattern}{facts.StartTicks}-socket");
        if (File.Exists(exact))
            return exact;
        // The start may be counted otherwise in a container; then there is only the one.
        if (Directory.Exists(folder) && Directory.GetFiles(folder, $"{pattern}*-socket") is [var only])
            return only;
        throw new ProfileUnavailableException(Reason(facts));
    }

    public static DiagnosticsClient Connect(string path) =>
        DiagnosticsClientConnector.FromDiagnosticPort($"{path},connect", CancellationToken.None).GetAwaiter().GetResult().Instance;

    private static string Reason(ProcessFacts facts)
    {
        string? off = Array.Find(s_switches, name => facts.Environment.GetValueOrDefault(name) == "0");
        if (off is not null)
            return $"process {facts.Id} runs with {off}=0, which turns off all that tools can ask a .NET runtime: start it without";
        return IsDotNet(facts)
            ? $"process {facts.Id} is a .NET process whose diagnostics socket is not in {facts.Root}{facts.TemporaryFolder}: it is still starting, that folder cannot be written or was cleaned, or its environment was changed"
            : $"process {facts.Id} is not a .NET process";
    }

    private static bool IsDotNet(ProcessFacts facts) =>
        facts.MappedFiles().Any(file => Path.GetFileName(file) is "libcoreclr.so" or "System.Private.CoreLib.dll");
}
