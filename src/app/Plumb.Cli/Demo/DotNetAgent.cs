namespace Plumb.Cli.Demo;

/// <summary>The native agent that a .NET service loads, built from the checkout.</summary>
internal static class DotNetAgent
{
    private const string FileName = "libplumb-agent.so";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Whether there is nothing to build, so that no compiler is needed.</summary>
    public static bool IsBuilt(Checkout checkout) =>
        Given is not null || SourceTimes.AreOlderThan(FileIn(checkout), [SourcesIn(checkout)]);

    /// <returns>The agent's file; the one that the variable PLUMB_AGENT names, where there is one.</returns>
    /// <exception cref="LabException">It cannot be built here; the message says what is missing.</exception>
    public static async Task<string> BuildAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        if (Given is { } given)
            return File.Exists(given) ? given : throw new LabException($"there is no {given}, which the variable PLUMB_AGENT names");
        string file = FileIn(checkout);
        if (IsBuilt(checkout))
            return file;

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        await using ChildProcess build = ChildProcess.Start(Path.Combine(SourcesIn(checkout), "build"), [Path.GetDirectoryName(file)!]);
        if (await build.ExitCodeAsync(limit.Token).ConfigureAwait(false) == 0)
            return file;
        throw new LabException($"{build.Log}\nWithout the agent a .NET service tells nobody which line its live heap was allocated by, which is what the demo shows. 'plumb demo go' needs none.");
    }

    private static string? Given => Environment.GetEnvironmentVariable("PLUMB_AGENT") is { Length: > 0 } given ? given : null;

    private static string FileIn(Checkout checkout) => Path.Combine(checkout.Root, ".plumb", "agent", FileName);

    private static string SourcesIn(Checkout checkout) => Path.Combine(checkout.Root, "src", "capture", "Plumb.Agent");
}
