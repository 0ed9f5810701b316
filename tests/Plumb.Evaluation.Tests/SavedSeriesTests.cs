using Plumb.Evaluation.Series;

namespace Plumb.Evaluation.Tests;

public sealed class SavedSeriesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_cut_keeps_the_texts_that_a_recording_of_its_length_would_have_taken()
    {
        SavedSeries series = Answers.Series(_folder, "a", new Truth { Leaks = true }, snapshots: 12);
        string cut = Path.Combine(_folder.Path, "cut");

        series.Cut(2, 6, cut);

        Assert.Equal(["002.txt.gz", "005.txt.gz", "007.txt.gz"], Directory.EnumerateFiles(cut, "*.txt.gz").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["002.pb.gz", "003.pb.gz", "004.pb.gz", "005.pb.gz", "006.pb.gz", "007.pb.gz"], Directory.EnumerateFiles(cut, "*.pb.gz").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(6, File.ReadLines(Path.Combine(cut, "series.jsonl")).Count());
    }

    [Fact]
    public void Only_series_with_a_truth_are_counted()
    {
        Answers.Series(_folder, "b/known", new Truth { Leaks = false });
        _folder.Write("b/unknown/series.jsonl", "");

        Assert.Equal(["known"], SavedSeries.Below("set", Path.Combine(_folder.Path, "b")).Select(series => series.Name));
    }

    [Fact]
    public void A_healthy_series_is_looked_at_in_three_places_and_a_leak_from_its_start()
    {
        SavedSeries healthy = Answers.Series(_folder, "healthy", new Truth { Leaks = false }, snapshots: 12);
        SavedSeries leaking = Answers.Series(_folder, "leaking", new Truth { Leaks = true }, snapshots: 12);

        Assert.Equal([(0, 8), (2, 8), (4, 8), (0, 0)], Trial.Of(healthy, [8, 0]).Select(trial => (trial.Start, trial.Count)));
        Assert.Equal([(0, 8), (0, 0)], Trial.Of(leaking, [8, 0, 20]).Select(trial => (trial.Start, trial.Count)));
    }
}
