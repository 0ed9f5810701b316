using System.Globalization;
using Plumb.Leaks.Suspects;

namespace Plumb.Leaks.Diagnoses;

/// <summary>What can be said of a single snapshot in which nothing stands out: hardly ever that there is no leak.</summary>
internal static class OneSnapshot
{
    public static (LeakVerdict Verdict, string Reason) Verdict(Judged judged)
    {
        var goroutines = judged.Sites.Where(s => s.IsGoroutine).ToList();
        if (goroutines.Count == 0) return (LeakVerdict.Inconclusive, HeapAlone(judged));
        if (StandingCrowds.Largest(judged) is { } crowd)
            return (LeakVerdict.Inconclusive, Text($"{crowd.Counts[^1]:0} goroutines wait in {(crowd.OwnFrame ?? crowd.CreatorFrame ?? crowd.Root).NamedFunction}, {Missing(crowd)}; {Series}"));
        return goroutines.Exists(s => s.Dump is not null)
            ? (LeakVerdict.None, Text($"no crowd of goroutines stands at one place; growth shows only in a series of snapshots"))
            : (LeakVerdict.Inconclusive, $"one goroutine profile tells neither how long goroutines have waited (goroutine?debug=2 does) nor whether they rise; {Series}");
    }

    private const string Series = "take a series: plumb leaks TARGET, or --save it";

    private static string Missing(Site crowd) => crowd.Dump is null
        ? "but this form of the profile does not say how long (goroutine?debug=2 does)"
        : "but not as leaked ones do: they have only just begun, or they may be idle workers";

    private static string HeapAlone(Judged judged)
    {
        var largest = judged.Sites.Where(s => !s.IsGoroutine && s.OwnFrame is not null).MaxBy(s => s.Series.Values[^1]);
        var most = largest is null ? "" : Text($"most live heap was allocated in {largest.OwnFrame!.NamedFunction} ({largest.Series.Values[^1] / (1 << 20):0.#} MiB), ");
        return $"{most}but one heap profile cannot tell what grows from what is only large; {Series}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
