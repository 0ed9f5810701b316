namespace Plumb.Evaluation.Series;

/// <summary>A part of a series that is given to the judge.</summary>
/// <param name="Count">How many snapshots; 0 stands for all of them, and is counted apart.</param>
internal sealed record Trial(SavedSeries Series, int Start, int Count)
{
    private const int Windows = 3;

    public int Snapshots => Count == 0 ? Series.Snapshots : Count;

    /// <summary>
    /// The trials of one series: its beginning, and for a healthy one the middle and the end as well, because whoever looks at a healthy
    /// service looks at any time of its life. A leak is looked at from the start only, so that no series counts more than once.
    /// </summary>
    public static IEnumerable<Trial> Of(SavedSeries series, IEnumerable<int> counts)
    {
        foreach (int count in counts.Where(count => count <= series.Snapshots))
        {
            yield return new Trial(series, 0, count);
            int room = count == 0 ? 0 : series.Snapshots - count;
            for (int window = 1; window < Windows && !series.Truth.Leaks && room >= Windows - 1; window++)
                yield return new Trial(series, room * window / (Windows - 1), count);
        }
    }
}
