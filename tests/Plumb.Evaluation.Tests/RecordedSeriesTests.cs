using Plumb.Evaluation.Scoring;
using Plumb.Evaluation.Series;

namespace Plumb.Evaluation.Tests;

/// <summary>A few recorded series of the lab, judged by the real command: what was found once stays found.</summary>
public sealed class RecordedSeriesTests
{
    private static readonly string s_folder = Path.Combine(Checkout.Root, "testdata", "series");

    public static TheoryData<string> Names => [.. SavedSeries.Below("recorded", s_folder).Select(series => series.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_leak_is_called_with_its_function_and_cause_and_a_look_alike_is_not(string name)
    {
        using var scratch = new TestFolder();
        var judge = new Judge(new PlumbProgram(Path.Combine(AppContext.BaseDirectory, "plumb.dll")), scratch.Path);
        SavedSeries series = SavedSeries.Open("recorded", name, Path.Combine(s_folder, name));

        var outcome = new Outcome(new Trial(series, 0, 0), await judge.AskAsync(new Trial(series, 0, 0), CancellationToken.None));

        Assert.Null(outcome.Fault);
        Assert.Equal(series.Truth.Leaks, outcome.IsFlagged);
    }
}
