namespace Plumb.Evaluation.Scoring;

/// <summary>Whether confidence means what it says: of the findings with a confidence of 0.9, nine of ten should be right.</summary>
internal sealed record Reliability(IReadOnlyList<ReliabilityBin> Bins, double Brier, double CalibrationError)
{
    private static readonly double[] s_edges = [0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1];

    /// <summary>Over all findings, whatever their verdict; right is a finding that points at the defect of a leaking series.</summary>
    public static Reliability Of(IEnumerable<Outcome> outcomes)
    {
        (double Confidence, bool Right)[] findings =
            [.. outcomes.SelectMany(outcome => outcome.Answer.Findings, (outcome, finding) => (finding.Confidence, outcome.IsRight(finding)))];
        var bins = new List<ReliabilityBin>();
        for (int i = 1; i < s_edges.Length; i++)
        {
            bool isLast = i == s_edges.Length - 1;
            var inside = Array.FindAll(findings, f => f.Confidence >= s_edges[i - 1] && (f.Confidence < s_edges[i] || isLast));
            if (inside.Length > 0)
                bins.Add(new ReliabilityBin(s_edges[i - 1], s_edges[i], inside.Average(f => f.Confidence), new Share(inside.Count(f => f.Right), inside.Length)));
        }

        return new Reliability(
            bins,
            findings.Length == 0 ? double.NaN : findings.Average(f => Math.Pow(f.Confidence - (f.Right ? 1 : 0), 2)),
            bins.Sum(bin => bin.Right.Of * Math.Abs(bin.Right.Value - bin.MeanConfidence)) / Math.Max(1, findings.Length));
    }
}

internal sealed record ReliabilityBin(double From, double To, double MeanConfidence, Share Right);
