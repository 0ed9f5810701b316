using Plumb.Leaks.Growth;
using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Suspects;

namespace Plumb.Leaks.Comparison;

/// <summary>What grows on one side and not on the other, or faster.</summary>
internal sealed class GrowthComparer(ComparedWork old, ComparedWork @new, bool perRequest, ComparisonOptions options)
{
    private static readonly (string Metric, string Name, string Resource, GrowthQuantity Quantity)[] Figures =
    [
        (MetricNames.Descriptors, "descriptors", ResourceNames.Descriptor, GrowthQuantity.Descriptors),
        (MetricNames.Sockets, "sockets", ResourceNames.Socket, GrowthQuantity.Descriptors),
        (MetricNames.Threads, "threads", ResourceNames.Thread, GrowthQuantity.Threads),
        (MetricNames.RssBytes, "memory (RSS)", ResourceNames.ResidentMemory, GrowthQuantity.ResidentBytes),
    ];

    /// <summary>All that was tested: stacks, the worst first, then the figures of the process.</summary>
    public IReadOnlyList<Difference> Compare(IReadOnlyList<ComparedSite> sites)
    {
        var candidates = sites.Select(s => Candidate.Of(s, old.Life.Count)).Concat(ProcessCandidates(sites)).Where(Moves).ToList();
        var judgedOld = GrowthJudge.Judge([.. candidates.Select(c => c.Old)], old.Timeline, options.Growth);
        var judgedNew = GrowthJudge.Judge([.. candidates.Select(c => c.New)], @new.Timeline, options.Growth);
        var rates = candidates.Select(c => (Old: Rate(c.Old, old), New: Rate(c.New, @new))).ToList();
        var p = rates.Select(r => WelchTest.P(r.Old, r.New)).ToArray();
        var differs = FalseDiscovery.Accept(p, options.FalseDiscoveryRate);
        var all = candidates.Select((c, i) => new Difference
        {
            Name = c.Name,
            Resource = c.Resource,
            Unit = c.Old.Quantity is GrowthQuantity.HeapBytes or GrowthQuantity.ResidentBytes ? "bytes" : "count",
            IsProcess = c.Stack.Count == 0,
            Stack = c.Stack,
            Old = rates[i].Old,
            New = rates[i].New,
            P = p[i],
            Verdict = differs[i] && IsLarge(c, rates[i]) ? Verdict(judgedOld[i], judgedNew[i], rates[i]) : DifferenceVerdict.Same,
        }).ToList();
        return
        [
            .. all.Where(d => !d.IsProcess).OrderByDescending(d => d.Verdict).ThenBy(d => d.P).ThenByDescending(d => Math.Abs(d.Change)),
            .. all.Where(d => d.IsProcess),
        ];
    }

    private static DifferenceVerdict Verdict(GrowthResult old, GrowthResult @new, (Estimate Old, Estimate New) rates)
    {
        if (rates.New.Value > rates.Old.Value)
        {
            return @new.Verdict switch
            {
                GrowthVerdict.Grows => old.IsGrowing ? DifferenceVerdict.More : DifferenceVerdict.OnlyNew,
                GrowthVerdict.Suspicious or GrowthVerdict.Inconclusive => DifferenceVerdict.Unclear,
                // A cache that fills, a pool that opens: it rises, and it ends.
                _ => DifferenceVerdict.Same,
            };
        }

        if (!old.IsGrowing) return DifferenceVerdict.Same;
        return @new.IsGrowing ? DifferenceVerdict.Less : DifferenceVerdict.Gone;
    }

    private static Estimate RateOf(GrowthSeries series, ReadOnlySpan<double> work) => Steps.Rate(series.Values, work, series.RawSamples);

    private Estimate Rate(GrowthSeries series, ComparedWork work) => RateOf(series, work.Units(perRequest));

    // The smaller of the two amounts of work: over it, the difference must be more than what is ever worth a finding.
    private bool IsLarge(Candidate candidate, (Estimate Old, Estimate New) rates)
    {
        var change = Math.Abs(rates.New.Value - rates.Old.Value);
        var work = Math.Min(old.WholeUnits(perRequest), @new.WholeUnits(perRequest));
        return change * work >= candidate.Old.SmallestGrowth && change >= options.LeastChange * Math.Max(Math.Abs(rates.Old.Value), Math.Abs(rates.New.Value));
    }

    private static bool Moves(Candidate candidate) => Range(candidate.Old.Values) >= candidate.Old.SmallestGrowth || Range(candidate.New.Values) >= candidate.New.SmallestGrowth || candidate.Stack.Count == 0;

    private static double Range(double[] values)
    {
        var known = Array.FindAll(values, double.IsFinite);
        return known.Length == 0 ? 0 : known.Max() - known.Min();
    }

    private IEnumerable<Candidate> ProcessCandidates(IReadOnlyList<ComparedSite> sites)
    {
        foreach (var (resource, name, quantity) in ((string, string, GrowthQuantity)[])[(ResourceNames.Goroutine, "goroutines", GrowthQuantity.Goroutines), (ResourceNames.Heap, "live heap", GrowthQuantity.HeapBytes)])
        {
            if (sites.Any(s => s.Resource == resource)) yield return Total(name, resource, quantity, [.. sites.Where(s => s.Resource == resource)]);
        }

        foreach (var (metric, name, resource, quantity) in Figures)
        {
            var (before, after) = (old.Metric(metric), @new.Metric(metric));
            if (Array.Exists(before, double.IsFinite) && Array.Exists(after, double.IsFinite))
                yield return new Candidate(name, resource, [], new GrowthSeries { Quantity = quantity, Values = before }, new GrowthSeries { Quantity = quantity, Values = after });
        }
    }

    private Candidate Total(string name, string resource, GrowthQuantity quantity, IReadOnlyList<ComparedSite> sites)
    {
        var length = old.Life.Count + @new.Life.Count;
        var (values, samples) = (new double[length], new double[length]);
        foreach (var site in sites)
        {
            for (var i = 0; i < length; i++)
            {
                values[i] += site.Values[i];
                if (site.RawSamples is { } raw) samples[i] += raw[i];
            }
        }

        var total = new ComparedSite { Name = name, Resource = resource, Stack = [], Values = values, RawSamples = quantity == GrowthQuantity.HeapBytes ? samples : null };
        return Candidate.Of(total, old.Life.Count);
    }

    private sealed record Candidate(string Name, string Resource, IReadOnlyList<string> Stack, GrowthSeries Old, GrowthSeries New)
    {
        public static Candidate Of(ComparedSite site, int olds) => new(site.Name, site.Resource, site.Stack, Side(site, ..olds), Side(site, olds..));

        private static GrowthSeries Side(ComparedSite site, Range range) => new()
        {
            Quantity = site.Resource == ResourceNames.Goroutine ? GrowthQuantity.Goroutines : GrowthQuantity.HeapBytes,
            Values = site.Values[range],
            RawSamples = site.RawSamples?[range],
        };
    }
}
