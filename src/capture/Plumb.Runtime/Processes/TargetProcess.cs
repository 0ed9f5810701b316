using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;

namespace Plumb.Runtime.Processes;

/// <summary>The process whose profiles are taken: where its runtime answers, and what its files and threads are called from here.</summary>
internal sealed class TargetProcess
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(500);

    private TargetProcess(int id, string folder, DiagnosticsClient client)
    {
        Id = id;
        Folder = folder;
        Client = client;
    }

    public static TargetProcess Own { get; } = new(
        Environment.ProcessId, "/proc/self", new DiagnosticsClient(Environment.ProcessId))
    {
        Program = Environment.GetCommandLineArgs() is [var program, ..] ? program : "",
        CommandLine = Environment.GetCommandLineArgs(),
    };

    public int Id { get; }

    public bool IsOwn => this == Own;

    /// <summary>Its folder in <c>/proc</c>.</summary>
    public string Folder { get; }

    /// <summary>Of its runtime's diagnostics port.</summary>
    public DiagnosticsClient Client { get; }

    /// <summary>Path of the program's own module, as the process sees it; empty when unknown.</summary>
    public string Program { get; private init; } = "";

    /// <summary>The program and its arguments.</summary>
    public string[] CommandLine { get; private init; } = [];

    /// <summary>What its paths begin with here: nothing, unless it sees another file system (a container).</summary>
    public string Root { get; private init; } = "";

    /// <summary>Where it keeps temporary files, as it sees them.</summary>
    public string TemporaryFolder { get; private init; } = Path.GetTempPath();

    /// <summary>The user and the group that it runs as.</summary>
    public (uint User, uint Group) Owner { get; private init; }

    /// <summary>Whether it calls itself and its threads by other numbers than this process does (a container).</summary>
    public bool HasOtherNumbers { get; private init; }

    /// <summary>Whether its C library is musl's.</summary>
    public bool UsesMusl { get; private init; }

    /// <exception cref="ProfileUnavailableException">There is no such process, or its runtime cannot be reached; the message says why.</exception>
    public static TargetProcess Find(int id)
    {
        if (id == Environment.ProcessId)
            return Own;
        ProcessFacts facts = ProcessFacts.Read(id);
        string port = DiagnosticsPort.Find(facts);
        return new TargetProcess(id, facts.Folder, DiagnosticsPort.Connect(port))
        {
            Program = facts.Program,
            CommandLine = facts.CommandLine,
            Root = facts.Root,
            TemporaryFolder = facts.TemporaryFolder,
            Owner = facts.Owner,
            HasOtherNumbers = facts.OwnNumber != id,
            UsesMusl = facts.MappedFiles().Any(file => Path.GetFileName(file).StartsWith("ld-musl-", StringComparison.Ordinal)),
        };
    }

    /// <summary>The number by which the process calls one of its threads, from the number here.</summary>
    public int OwnNumberOf(int thread) => HasOtherNumbers ? ProcessFacts.InnermostNumber(string.Create(CultureInfo.InvariantCulture, $"{Folder}/task/{thread}")) ?? thread : thread;

    /// <summary>The folders of its threads; none once it has ended.</summary>
    public IEnumerable<string> Threads()
    {
        try
        {
            return Directory.GetDirectories($"{Folder}/task");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Waits while something is measured in it.</summary>
    /// <exception cref="ProfileUnavailableException">It ended meanwhile.</exception>
    public async Task DelayAsync(TimeSpan duration, TimeProvider time, CancellationToken stop)
    {
        long start = time.GetTimestamp();
        for (TimeSpan left = duration; left > TimeSpan.Zero; left = duration - time.GetElapsedTime(start))
        {
            await Task.Delay(IsOwn || left < s_look ? left : s_look, time, stop).ConfigureAwait(false);
            if (!IsOwn && HasEnded)
                throw new ProfileUnavailableException($"process {Id} has ended");
        }
    }

    /// <summary>Nobody may have taken note of its end yet.</summary>
    public bool HasEnded => ProcessFacts.HasEnded(Folder);
}
