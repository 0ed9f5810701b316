using System.Globalization;
using System.Text;
using Plumb.Evaluation.Scoring;
using Plumb.Evaluation.Series;

namespace Plumb.Evaluation.Reporting;

/// <summary>The figures as Markdown.</summary>
internal sealed class Report
{
    private readonly IReadOnlyList<Outcome> _outcomes;
    private readonly Dictionary<SavedSeries, Answer> _whole;

    public Report(IReadOnlyList<Outcome> outcomes)
    {
        _outcomes = outcomes;
        _whole = outcomes.Where(outcome => outcome.Trial.Count == 0).ToDictionary(outcome => outcome.Trial.Series, outcome => outcome.Answer);
    }

    public Reliability Reliability => Reliability.Of(_outcomes);

    /// <summary>One table of scores for each set, and their times to a verdict.</summary>
    public string Scores()
    {
        var text = new StringBuilder();
        foreach (IGrouping<string, Outcome> set in _outcomes.GroupBy(outcome => outcome.Trial.Series.Set))
        {
            if (text.Length > 0)
                text.Append('\n');
            Line(text, $"### {set.Key}");
            text.Append('\n');
            Table(text, set);
            IReadOnlyList<double> seconds = TimeToVerdict.Seconds(set);
            text.Append('\n');
            Line(text, $"Time to a verdict that stayed: median {Seconds(Medians.Quantile(seconds, 0.5))}, nine in ten within {Seconds(Medians.Quantile(seconds, 0.9))} ({seconds.Count} series).");
        }

        return text.ToString();
    }

    public string ReliabilityTable()
    {
        var text = new StringBuilder("| confidence | findings | mean confidence | right | 95 % interval |\n|---|---|---|---|---|\n");
        foreach (ReliabilityBin bin in Reliability.Bins)
        {
            (double low, double high) = bin.Right.Interval();
            Line(text, $"| {bin.From:0.00}–{bin.To:0.00} | {bin.Right.Of} | {bin.MeanConfidence:0.000} | {bin.Right.Value:0.000} | {low:0.00}–{high:0.00} |");
        }

        text.Append('\n');
        Line(text, $"Brier score {Reliability.Brier:0.000}, expected calibration error {Reliability.CalibrationError:0.000}.");
        return text.ToString();
    }

    /// <summary>Everything that was not as it should be, by number of snapshots.</summary>
    public string Faults()
    {
        var text = new StringBuilder();
        foreach (Outcome outcome in _outcomes.Where(outcome => outcome.Fault is not null))
        {
            string part = outcome.Trial.Start == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" from {outcome.Trial.Start}");
            Line(text, $"- {CountName(outcome.Trial.Count)}{part} · {outcome.Trial.Series.Set}/{outcome.Trial.Series.Name}: {outcome.Fault}");
        }

        return text.ToString();
    }

    private void Table(StringBuilder text, IEnumerable<Outcome> set)
    {
        text.Append("""
            | snapshots | precision | recall | healthy flagged | leaks left open | right function first | or near | cause class | one finding | forecast error, median |
            |---|---|---|---|---|---|---|---|---|---|

            """);
        foreach (IGrouping<int, Outcome> count in set.GroupBy(outcome => outcome.Trial.Count).OrderBy(group => group.Key == 0 ? int.MaxValue : group.Key))
        {
            Score score = Score.Of(count.Key, [.. count], _whole);
            string forecast = score.ForecastErrors.Count == 0
                ? "–"
                : FormattableString.Invariant($"{100 * Medians.Quantile(score.ForecastErrors, 0.5):0.0} % (of {score.ForecastErrors.Count})");
            var oneFinding = new Share(score.SingleFindings, score.Found);
            string[] cells =
            [
                CountName(count.Key), $"{score.Precision}", $"{score.Recall}", $"{new Share(score.FalseAlarms, score.Healthy)}", $"{new Share(score.UndecidedLeaks, score.Leaking)}",
                $"{new Share(score.RightFunctions, score.Found)}", $"{new Share(score.Near, score.Found)}", $"{score.RightCauses}", $"{oneFinding}", forecast,
            ];
            text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }
    }

    private static string CountName(int count) => count == 0 ? "all" : count.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) => double.IsNaN(seconds) ? "–" : FormattableString.Invariant($"{seconds:0.0} s");

    private static void Line(StringBuilder text, FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');
}
