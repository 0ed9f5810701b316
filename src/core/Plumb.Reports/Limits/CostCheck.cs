using Plumb.Profiles;
using Plumb.Reports.Graphs;
using Plumb.Reports.Measurements;

namespace Plumb.Reports.Limits;

/// <summary>What the functions of a limit cost in a report, and whether that is too much.</summary>
/// <param name="Value">In the sample type's unit; each sample once, however many of the functions are on its stack. The mean when one is asked for.</param>
/// <param name="Total">What percentages are of.</param>
/// <param name="HasMatch">Whether any function matches. A limit on a function that was renamed never breaks.</param>
public sealed record CostCheck(CostLimit Limit, bool IsBroken, long Value, long Total, bool HasMatch)
{
    /// <summary>How much it is, as reports write it: <c>34.20% (1.20s of 3.51s)</c>.</summary>
    public required string Figure { get; init; }

    /// <summary>Checks against the entries as they are called at the report's granularity, after its filters, before anything is trimmed.</summary>
    /// <exception cref="ReportException">The limit's unit measures something else.</exception>
    public static CostCheck Of(CostLimit limit, Report report)
    {
        NodeSource source = NodeSource.Of(report);
        var matches = new bool[source.Table.Count];
        bool any = false;
        for (int node = 0; node < matches.Length; node++)
            any |= matches[node] = limit.Pattern.IsMatch(source.Table.Name(node));

        AmountFormat amounts = report.Amounts();
        long value = any ? amounts.Divided(Sum(source, matches, limit.IsFlat)) : 0;
        long total = amounts.Divided(report.Total);
        string sign = value < 0 ? "-" : "";
        return new CostCheck(limit, limit.IsBroken(value, total, report.SampleUnit), value, total, any)
        {
            Figure = $"{sign}{Measurement.ShortPercent(value, total)} ({Text(value)} of {Text(total)})",
        };

        string Text(long amount) => Measurement.Format(amount, report.SampleUnit, report.Options.Unit);
    }

    private static long Sum(NodeSource source, bool[] matches, bool isFlat)
    {
        long sum = 0, divisor = 0;
        for (int i = 0; i < source.Weights.Values.Length; i++)
        {
            if (!source.Weights.IsTouched(i) || !HasMatchOn(source.Selection.Stack(new StackId(i)), source.Frames, matches, isFlat))
                continue;

            sum += source.Weights.Values[i];
            divisor += source.Weights.Divisors?[i] ?? 0;
        }

        return SampleValues.Mean(sum, divisor);
    }

    private static bool HasMatchOn(ReadOnlySpan<LocationId> stack, FrameMap frames, bool[] matches, bool isFlat)
    {
        foreach (LocationId location in stack)
        {
            foreach (int node in frames[location])
            {
                if (matches[node])
                    return true;

                // Only the leaf has what is its own.
                if (isFlat)
                    return false;
            }
        }

        return false;
    }
}
