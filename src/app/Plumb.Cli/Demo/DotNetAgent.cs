namespace Plumb.Cli.Demo;

/// <summary>The native agent that a .NET service loads, built from the checkout.</summary>
internal static class DotNetAgent
{
    private const string FileName = "libplumb-agent.so";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <returns>The agent's file; the one that the variable PLUMB_AGENT names, where there is one.</returns>
    /// <exception cref="LabException">It cannot be built here; the message says what is missing.</exception>
    public static async Task<string> BuildAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("PLUMB_AGENT") is { Length: > 0 } given)
            return File.Exists(given) ? given : throw new LabException($"there is no {given}, which the variable PLUMB_AGENT names");

        string folder = Path.Combine(checkout.Root, ".plumb", "agent");
        string file = Path.Combine(folder, FileName);
        string sources = Path.Combine(checkout.Root, "src", "capture", "Plumb.Agent");
        if (SourceTimes.AreOlderThan(file, [sources]))
            return file;

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        await using ChildProcess build = ChildProcess.Start(Path.Combine(sources, "build"), [folder]);
        if (await build.ExitCodeAsync(limit.Token).ConfigureAwait(false) == 0)
            return file;
        throw new LabException($"{build.Log}\nWithout the agent a .NET service tells nobody which line its live heap was allocated by, which is what the demo shows. 'plumb demo go' needs none.");
    }
}
