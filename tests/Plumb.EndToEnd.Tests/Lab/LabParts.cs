using System.Collections.Concurrent;
using Plumb.Cli.Demo;

namespace Plumb.EndToEnd.Tests.Lab;

/// <summary>
/// The programs that the lab cannot do without. A build job (<c>CI=true</c>) installs what is missing, and fails when it cannot;
/// on a person's machine nothing is installed, and the tests that need it are skipped with the command to run.
/// </summary>
internal static class LabParts
{
    private static readonly ConcurrentDictionary<string, Lazy<string?>> Missing = new(StringComparer.Ordinal);

    private static bool InBuildJob => Environment.GetEnvironmentVariable("CI") is "true" or "1";

    /// <summary>Why the tests of these parts are skipped; null when they run.</summary>
    public static string? ReasonToSkip(IReadOnlyList<string> parts)
    {
        if (InBuildJob)
            return null;
        string? command = FindMissing(parts);
        return command is null ? null : $"The lab needs packages that are not installed. Run: sudo {command}";
    }

    /// <summary>Makes sure that the parts are there before a test starts.</summary>
    /// <exception cref="LabException">Something is missing and could not be installed.</exception>
    public static async Task EnsureAsync(IReadOnlyList<string> parts)
    {
        if (InBuildJob && FindMissing(parts) is not null)
            await LabInstaller.InstallAsync(Repository.Checkout, parts, CancellationToken.None);
    }

    // xunit asks while it discovers tests, in a constructor that cannot wait otherwise; the script answers in milliseconds.
    private static string? FindMissing(IReadOnlyList<string> parts) => Missing.GetOrAdd(
        string.Join(' ', parts),
        _ => new Lazy<string?>(() => Task.Run(() => LabInstaller.FindMissingAsync(Repository.Checkout, parts, CancellationToken.None)).GetAwaiter().GetResult())).Value;
}
