using System.Globalization;
using System.Reflection;
using System.Text;
using Plumb.Profiles;

namespace Plumb.AspNetCore;

/// <summary>A heap profile as people read it at <c>debug=1</c>: in the shape of Go's, which ends with the runtime's figures.</summary>
internal static class HeapText
{
    /// <summary>Of a sample: what was allocated and what lives. A heap by type has only the latter.</summary>
    public const int Values = 4;

    private const int Allocated = 0;
    private const int InUse = 2;

    public static string Write(Profile profile)
    {
        var text = new StringBuilder();
        int[] order = [.. Enumerable.Range(0, profile.Samples.Count).OrderByDescending(i => profile.Sample(i).Values[InUse + 1]).ThenByDescending(i => profile.Sample(i).Values[Allocated + 1])];
        long[] sums = new long[Values];
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            for (int value = 0; value < sums.Length; value++)
                sums[value] += profile.Sample(i).Values[value];
        }

        Line(text, $"heap profile: {sums[InUse]}: {sums[InUse + 1]} [{sums[Allocated]}: {sums[Allocated + 1]}] @ heap/{profile.Header.Period}");
        foreach (int i in order)
            Sample(text, profile, profile.Sample(i));
        return text.ToString();
    }

    /// <summary>The figures of this process's runtime, in the style of Go's MemStats.</summary>
    public static string Runtime()
    {
        var text = new StringBuilder();
        Runtime(text);
        return text.ToString();
    }

    private static void Sample(StringBuilder text, Profile profile, Sample sample)
    {
        ReadOnlySpan<long> values = sample.Values;
        Line(text, $"{values[InUse]}: {values[InUse + 1]} [{values[Allocated]}: {values[Allocated + 1]}] @");
        foreach (Label label in sample.Labels)
            Line(text, $"#\t{profile.Strings[label.Key]}: {TerminalText.Escape(profile.Strings[label.Text])}");
        CountText.Places(text, profile, sample);
        text.Append('\n');
    }

    private static void Runtime(StringBuilder text)
    {
        GCMemoryInfo gc = GC.GetGCMemoryInfo();
        text.Append("# .NET runtime\n");
        Line(text, $"# HeapInUse = {gc.HeapSizeBytes - gc.FragmentedBytes}");
        Line(text, $"# HeapSize = {gc.HeapSizeBytes}");
        Line(text, $"# HeapFragmented = {gc.FragmentedBytes}");
        Line(text, $"# HeapCommitted = {gc.TotalCommittedBytes}");
        if (NextBudget() is { } budget)
            Line(text, $"# NextGCBudget = {budget}");
        Line(text, $"# TotalAlloc = {GC.GetTotalAllocatedBytes()}");
        Line(text, $"# MemoryLimit = {gc.TotalAvailableMemoryBytes}");
        Line(text, $"# HighMemoryLoadThreshold = {gc.HighMemoryLoadThresholdBytes}");
        Line(text, $"# NumGC = {GC.CollectionCount(0)} {GC.CollectionCount(1)} {GC.CollectionCount(2)}");
        Line(text, $"# PauseTotalNs = {GC.GetTotalPauseDuration().TotalNanoseconds:0}");
        Line(text, $"# PauseNs = {LastPauses(gc)}");
        Line(text, $"# PausePercent = {gc.PauseTimePercentage}");
        Line(text, $"# Finalizing = {gc.FinalizationPendingCount}");
        Line(text, $"# Pinned = {gc.PinnedObjectsCount}");
        Line(text, $"# WorkingSet = {Environment.WorkingSet}");
    }

    // What the counter gen-0-gc-budget of System.Runtime shows; there is no public way to ask once. Where the runtime has it no longer, the line is left out.
    private static readonly Func<int, long>? s_budget = typeof(GC).GetMethod("GetGenerationBudget", BindingFlags.Static | BindingFlags.NonPublic, [typeof(int)])
        is { ReturnType: var type } method && type == typeof(long) ? method.CreateDelegate<Func<int, long>>() : null;

    /// <summary>Bytes of the youngest generation that may be allocated from one collection to the next; null when the runtime does not say.</summary>
    private static long? NextBudget() => s_budget?.Invoke(0);

    // A collection beside the running program stops it twice.
    private static string LastPauses(GCMemoryInfo gc)
    {
        var pauses = new List<string>();
        foreach (TimeSpan pause in gc.PauseDurations)
            pauses.Add(pause.TotalNanoseconds.ToString("0", CultureInfo.InvariantCulture));
        return string.Join(' ', pauses);
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
