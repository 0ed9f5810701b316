using System.Text.Json;
using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Json;
using Plumb.Collectors.Loading;
using Plumb.Leaks.Comparison;

namespace Plumb.Cli.Verify;

/// <summary>A report of <c>plumb leaks --json</c>, read again.</summary>
/// <param name="Target">What it was of.</param>
/// <param name="Leaks">The leaks to verify.</param>
/// <param name="Known">Fingerprints of all its leaks.</param>
/// <param name="Settings">How its series was taken; null when it was a saved one.</param>
internal sealed record EarlierReport(string Target, IReadOnlyList<EarlierLeak> Leaks, IReadOnlySet<string> Known, RunSettings? Settings)
{
    /// <summary>The share of its requests that failed.</summary>
    public double Failed { get; init; }

    private const long MaxBytes = 64L << 20;
    private const string Leak = "leak";

    /// <param name="path">The file.</param>
    /// <param name="selected">The leak to verify, by its number in the report or the beginning of its fingerprint; null for all.</param>
    /// <exception cref="LeaksException">It is no such report, or has no such leak.</exception>
    public static EarlierReport Read(string path, string? selected)
    {
        LeaksDocument document = Parse(path);
        if (document.Schema != 1 || document.Findings is null || document.Findings.Any(finding => finding?.Fingerprint is null || finding.Function is null || finding.Resources is null))
        {
            throw new LeaksException($"{path} is no report that can be verified", "Such a report is what 'plumb leaks TARGET --json' prints since it tells fingerprints.");
        }

        List<EarlierLeak> leaks = [.. document.Findings.Index().Where(one => IsSelected(one.Index, one.Item, selected)).Select(one => LeakOf(one.Item))];
        if (leaks.Count == 0)
        {
            throw new LeaksException(
                selected is null ? $"{path} tells of no leak: there is nothing to verify" : $"{path} has no finding '{selected}'",
                selected is null ? null : "Write its number (1 is the first), or the beginning of its fingerprint.");
        }

        // What was a suspicion then, and is proven now, is news.
        HashSet<string> known = document.Findings.Where(finding => finding.Verdict == Leak).Select(finding => finding.Fingerprint).ToHashSet(StringComparer.Ordinal);
        return new EarlierReport(document.Target ?? "", leaks, known, SettingsOf(document.Run))
        {
            Failed = document.Load is { Requests: > 0, Errors: { } errors } load ? Math.Clamp((double)errors.Values.Sum() / load.Requests, 0, 1) : 0,
        };
    }

    private static LeaksDocument Parse(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
            {
                throw new LeaksException($"{path} is larger than any report");
            }

            using FileStream file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, LeaksJsonContext.Default.LeaksDocument) ?? throw new LeaksException($"{path} is empty");
        }
        catch (JsonException wrong)
        {
            throw new LeaksException($"{path} is no report: {wrong.Message}", "Such a report is what 'plumb leaks TARGET --json' prints.");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new LeaksException($"the report cannot be read: {failed.Message}");
        }
    }

    private static bool IsSelected(int index, FindingDocument finding, string? selected) => selected is null
        ? finding.Verdict == Leak
        : selected == (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)
            || (selected.Length >= 6 && finding.Fingerprint.StartsWith(selected, StringComparison.OrdinalIgnoreCase));

    private static EarlierLeak LeakOf(FindingDocument finding) =>
        new(finding.Fingerprint, finding.Function, finding.Title ?? "", finding.Resources, finding.Unit ?? "count", finding.PerSecond ?? 0, finding.PerRequest)
        {
            // A series of stacks is named after the nearest function of the application on them.
            IsOnItsStacks = finding.Resources.Count > 0
                && (finding.Evidence ?? []).Any(series => series?.Resource == finding.Resources[0] && series.Name?.Contains(finding.Function, StringComparison.Ordinal) == true),
        };

    // What cannot be repeated is as good as not told: the command's own defaults apply.
    private static RunSettings? SettingsOf(RunDocument? run) =>
        run is { EverySeconds: >= 0.1 and <= 86_400, Snapshots: >= 2 and <= 100_000 }
            ? new RunSettings(TimeSpan.FromSeconds(run.EverySeconds), run.Snapshots)
            {
                Load = run.Load is { Address.Length: > 0, RatePerSecond: > 0 and <= LoadOptions.MaxRatePerSecond, Connections: > 0 and <= LoadOptions.MaxConnections } load ? new LoadSettings(load.Address, load.RatePerSecond, load.Connections) : null,
            }
            : null;
}
