using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Snapshots;

namespace Plumb.Cli.Leaks.Rendering;

/// <summary>What series are called in a report: figures of the process by words, stacks by a name that tells them apart.</summary>
internal static class SeriesNames
{
    private static readonly Dictionary<string, string> s_words = new(StringComparer.Ordinal)
    {
        ["heap_live_bytes"] = "live heap",
        [MetricNames.RssBytes] = "memory (RSS)",
        [MetricNames.Descriptors] = "descriptors",
        [MetricNames.Sockets] = "sockets",
        [MetricNames.Threads] = "threads",
    };

    /// <summary>One name for each series, none longer than <paramref name="width"/>.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<EvidenceSeries> series, int width)
    {
        List<string> names = [.. series.Select(one => WordsFor(one.Name))];
        ILookup<string, string> repeated = names.ToLookup(name => name);
        return [.. names.Select((name, i) => Ellipsis.Middle(repeated[name].Skip(1).Any() ? Distinct(name, series[i]) : name, width))];
    }

    /// <summary>Whether a figure is one part of another that is shown as well: sockets among the descriptors.</summary>
    public static bool IsBreakdown(string name) =>
        name.StartsWith(MetricNames.DescriptorKindPrefix, StringComparison.Ordinal) || name.StartsWith(MetricNames.TcpPrefix, StringComparison.Ordinal);

    private static string WordsFor(string name) => s_words.TryGetValue(name, out string? words) ? words : name switch
    {
        _ when name.StartsWith(MetricNames.DescriptorKindPrefix, StringComparison.Ordinal) => $"descriptors: {name[MetricNames.DescriptorKindPrefix.Length..]}",
        _ when name.StartsWith(MetricNames.TcpPrefix, StringComparison.Ordinal) => $"TCP {name[MetricNames.TcpPrefix.Length..]}",
        _ => name,
    };

    // Two stacks under one function of the application differ in what they allocate, or where they wait.
    private static string Distinct(string name, EvidenceSeries series) =>
        series.Stack.Count > 0 ? $"{name} ({series.Stack[0].LocalName})" : name;
}
