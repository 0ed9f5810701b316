using Plumb.Evaluation.Scoring;
using Plumb.Evaluation.Series;

namespace Plumb.Evaluation.Tests;

public sealed class ScoringTests : IDisposable
{
    private static readonly Truth Leaking = new() { Leaks = true, ExactFunctions = ["main.(*shop).order"], NearFunctions = ["main.main"], Cause = ["nil-channel"] };
    private static readonly Truth Healthy = new() { Leaks = false };

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("main.handler.func1.2", "main.handler")]
    [InlineData("main.handler.func1.gowrap3", "main.handler")]
    [InlineData("main.(*T).Close-fm", "main.(*T).Close")]
    [InlineData("main.Keep[...]", "main.Keep")]
    [InlineData("main.Keep[go.shape.int_0].func1", "main.Keep")]
    [InlineData("main.func2048", "main")]
    public void A_closure_counts_as_the_function_it_is_written_in(string name, string expected) =>
        Assert.Equal(expected, FunctionNames.Normal(name));

    [Fact]
    public void Precision_and_recall_are_of_verdicts()
    {
        Score score = ScoreOf(
            Outcome(Leaking, Answers.Answer("leak", Answers.Finding("main.(*shop).order.func1"))),
            Outcome(Leaking, Answers.Answer("inconclusive")),
            Outcome(Healthy, Answers.Answer("leak", Answers.Finding("main.cache"))),
            Outcome(Healthy, Answers.Answer("none")),
            Outcome(Healthy, Answers.Answer("suspicious")));

        Assert.Equal(new Share(1, 2), score.Precision);
        Assert.Equal(new Share(1, 2), score.Recall);
        Assert.Equal(1, score.UndecidedLeaks);
        Assert.Equal(1, score.UndecidedHealthy);
    }

    [Fact]
    public void The_first_finding_is_the_one_that_must_be_right()
    {
        AnswerFinding right = Answers.Finding("main.(*shop).order");
        AnswerFinding near = Answers.Finding("main.main.func1");
        Score score = ScoreOf(Outcome(Leaking, Answers.Answer("leak", near, right)), Outcome(Leaking, Answers.Answer("leak", right)));

        Assert.Equal(1, score.RightFunctions);
        Assert.Equal(2, score.Near);
        Assert.Equal(1, score.SingleFindings);
    }

    [Fact]
    public void A_cause_is_right_when_its_pattern_is_in_the_class()
    {
        Truth memory = Leaking with { Cause = ["memory"] };

        Assert.True(Outcome(memory, Answers.Answer("leak", Answers.Finding("main.f", "unbounded-map"))).IsRightCause);
        Assert.True(Outcome(memory, Answers.Answer("leak", Answers.Finding("main.f", pattern: null))).IsRightCause);
        Assert.False(Outcome(memory, Answers.Answer("leak", Answers.Finding("main.f", "file-not-closed"))).IsRightCause);
        Assert.Null(Outcome(Leaking with { Cause = null }, Answers.Answer("leak", Answers.Finding("main.f"))).IsRightCause);
    }

    [Fact]
    public void A_forecast_is_wrong_by_how_much_sooner_or_later_its_level_was_reached()
    {
        Answer early = Answers.Answer("leak", Answers.Finding("f", null, 0.9, Answers.Curve("c", points: 6, perSecond: 10)));
        // From 50 at second 5 on, it grows at 8 a second: what was foretold for second 9 comes at second 10.
        AnswerSeries slower = new("c", "goroutine", 8, [0, 5, 6, 7, 8, 9, 10], [0, 50, 58, 66, 74, 82, 90]);
        Answer whole = Answers.Answer("leak", Answers.Finding("f", null, 0.9, slower with { Seconds = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10], Values = [0, 10, 20, 30, 40, 50, 58, 66, 74, 90] }));

        Assert.Equal(0.2, Backtest.Error(early, whole)!.Value, 6);
        Assert.Null(Backtest.Error(early, early));
        Assert.Null(Backtest.Error(Answers.Answer("none"), whole));
    }

    [Fact]
    public void Growth_that_has_ended_makes_a_forecast_infinitely_wrong()
    {
        Answer early = Answers.Answer("leak", Answers.Finding("f", null, 0.9, Answers.Curve("c", points: 6, perSecond: 10)));
        AnswerSeries flat = new("c", "goroutine", 0, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [0, 10, 20, 30, 40, 50, 50, 50, 50, 50]);

        Assert.Equal(double.PositiveInfinity, Backtest.Error(early, Answers.Answer("leak", Answers.Finding("f", null, 0.9, flat))));
    }

    [Fact]
    public void A_verdict_that_was_taken_back_does_not_count_as_early()
    {
        SavedSeries series = Answers.Series(_folder, "late", Leaking);
        Outcome At(int count, string verdict) => new(new Trial(series, 0, count), Answers.Answer(verdict) with { DurationSeconds = count });

        Assert.Equal([8.0], TimeToVerdict.Seconds([At(4, "leak"), At(6, "none"), At(8, "leak"), At(10, "leak")]));
        Assert.Empty(TimeToVerdict.Seconds([At(4, "leak"), At(6, "none")]));
    }

    [Fact]
    public void Confidence_is_compared_with_how_often_it_was_right()
    {
        Outcome right = Outcome(Leaking, Answers.Answer("leak", Answers.Finding("main.(*shop).order", confidence: 0.97)));
        Outcome wrong = Outcome(Healthy, Answers.Answer("leak", Answers.Finding("main.(*shop).order", confidence: 0.97)));
        Reliability reliability = Reliability.Of([right, right, right, wrong]);

        ReliabilityBin bin = Assert.Single(reliability.Bins);
        Assert.Equal(new Share(3, 4), bin.Right);
        Assert.Equal(0.22, reliability.CalibrationError, 6);
    }

    [Fact]
    public void An_interval_of_few_is_wide_and_stays_between_none_and_all()
    {
        (double low, double high) = new Share(3, 3).Interval();

        Assert.InRange(low, 0.4, 0.5);
        Assert.Equal(1, high);
    }

    [Theory]
    [InlineData(0.5, 2.5)]
    [InlineData(0, 1)]
    [InlineData(1, 4)]
    public void A_quantile_lies_between_its_neighbours(double share, double expected) =>
        Assert.Equal(expected, Medians.Quantile([4, 1, 3, 2], share));

    private Outcome Outcome(Truth truth, Answer answer) => Answers.Outcome(_folder, truth, answer);

    private static Score ScoreOf(params Outcome[] outcomes) => Score.Of(12, outcomes, new Dictionary<SavedSeries, Answer>());
}
