using Plumb.Evaluation.Series;

namespace Plumb.Evaluation.Scoring;

/// <summary>The figures of one set at one number of snapshots.</summary>
internal sealed record Score
{
    /// <summary>0 stands for all.</summary>
    public required int Count { get; init; }

    public required int Leaking { get; init; }

    /// <summary>Series and windows of healthy ones.</summary>
    public required int Healthy { get; init; }

    public required int Found { get; init; }

    public required int FalseAlarms { get; init; }

    public required int UndecidedLeaks { get; init; }

    public required int UndecidedHealthy { get; init; }

    public required int RightFunctions { get; init; }

    public required int Near { get; init; }

    public required Share RightCauses { get; init; }

    public required int SingleFindings { get; init; }

    /// <summary>Of the series that go on after these snapshots.</summary>
    public required IReadOnlyList<double> ForecastErrors { get; init; }

    public Share Precision => new(Found, Found + FalseAlarms);

    public Share Recall => new(Found, Leaking);

    public static Score Of(int count, IReadOnlyCollection<Outcome> outcomes, IReadOnlyDictionary<SavedSeries, Answer> whole)
    {
        Outcome[] found = [.. outcomes.Where(outcome => outcome.IsFound)];
        bool?[] causes = [.. found.Select(outcome => outcome.IsRightCause).Where(right => right is not null)];
        return new Score
        {
            Count = count,
            Leaking = outcomes.Count(outcome => outcome.Leaks),
            Healthy = outcomes.Count(outcome => !outcome.Leaks),
            Found = found.Length,
            FalseAlarms = outcomes.Count(outcome => outcome.IsFalseAlarm),
            UndecidedLeaks = outcomes.Count(outcome => outcome.Leaks && outcome.IsUndecided),
            UndecidedHealthy = outcomes.Count(outcome => !outcome.Leaks && outcome.IsUndecided),
            RightFunctions = found.Count(outcome => outcome.IsRightFunction),
            Near = found.Count(outcome => outcome.IsNear),
            RightCauses = new Share(causes.Count(right => right == true), causes.Length),
            SingleFindings = found.Count(outcome => outcome.Findings == 1),
            ForecastErrors = [.. found
                .Select(outcome => whole.TryGetValue(outcome.Trial.Series, out Answer? later) ? Backtest.Error(outcome.Answer, later) : null)
                .OfType<double>()],
        };
    }
}
