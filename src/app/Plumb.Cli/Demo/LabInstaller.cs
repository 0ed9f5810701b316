namespace Plumb.Cli.Demo;

/// <summary>Runs <c>lab/install</c>, which knows the packages that each part of the lab needs.</summary>
internal static class LabInstaller
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The apt-get command that installs what is missing; null when nothing is.</summary>
    /// <param name="checkout">Where the script is.</param>
    /// <param name="parts">As the script names them: <c>go</c>, <c>redis</c>, <c>agent</c>.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public static async Task<string?> FindMissingAsync(Checkout checkout, IReadOnlyList<string> parts, CancellationToken cancellationToken)
    {
        (int exitCode, string log) = await RunAsync(checkout, ["--check", .. parts], cancellationToken).ConfigureAwait(false);
        return exitCode switch
        {
            0 => null,
            1 => log,
            _ => throw new LabException(log),
        };
    }

    /// <summary>Installs what is missing, where that is allowed.</summary>
    /// <exception cref="LabException">It is not allowed, or failed; the message says what to run.</exception>
    public static async Task InstallAsync(Checkout checkout, IReadOnlyList<string> parts, CancellationToken cancellationToken)
    {
        (int exitCode, string log) = await RunAsync(checkout, parts, cancellationToken).ConfigureAwait(false);
        if (exitCode != 0)
            throw new LabException(log);
    }

    /// <summary>For the demo: says what it installs, and nothing when all is there.</summary>
    /// <param name="what">The parts in words.</param>
    /// <inheritdoc cref="InstallAsync" path="/exception"/>
    public static async Task EnsureAsync(Checkout checkout, string what, IReadOnlyList<string> parts, CancellationToken cancellationToken)
    {
        if (await FindMissingAsync(checkout, parts, cancellationToken).ConfigureAwait(false) is not { } command)
            return;
        DemoRun.Say($"The demo needs {what}. Installing what is missing (a minute or two):\n  {command}");
        await InstallAsync(checkout, parts, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<(int ExitCode, string Log)> RunAsync(
        Checkout checkout, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        await using ChildProcess script = ChildProcess.Start(checkout.InstallScript, arguments);
        int exitCode = await script.ExitCodeAsync(limit.Token).ConfigureAwait(false);
        return (exitCode, script.Log);
    }
}
