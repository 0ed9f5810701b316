using System.Collections.Immutable;

namespace Plumb.Web.Leaks;

/// <summary>Figures over time, never more than a chart can show: when it is full, every other moment is let go, and from then on so many are passed over.</summary>
internal sealed class ThinnedCurves(IReadOnlyList<FigureName> figures, int maxPoints)
{
    private readonly List<double> _seconds = [];
    private readonly List<double>[] _values = [.. figures.Select(_ => new List<double>())];

    // Odd, so that the newest moment stays when every other one goes.
    private readonly int _full = (maxPoints - 1) | 1;
    private int _stride = 1;
    private int _sinceKept;
    private bool _lastIsKept = true;

    public int Count => _seconds.Count;

    public void Add(double seconds, ReadOnlySpan<double> values)
    {
        // The newest moment is always there; it makes room for the next unless its turn has come.
        if (!_lastIsKept)
            RemoveLast();

        _sinceKept++;
        _lastIsKept = _seconds.Count == 0 || _sinceKept >= _stride;
        if (_lastIsKept)
            _sinceKept = 0;

        _seconds.Add(seconds);
        for (int i = 0; i < _values.Length; i++)
            _values[i].Add(i < values.Length ? values[i] : double.NaN);

        if (_lastIsKept && _seconds.Count >= _full)
            Halve();
    }

    public ImmutableArray<CurveView> ToViews()
    {
        ImmutableArray<double> seconds = [.. _seconds];
        return [.. figures.Index()
            .Where(figure => _values[figure.Index].Exists(double.IsFinite))
            .Select(figure => new CurveView(figure.Item.Name, figure.Item.Unit, seconds, [.. _values[figure.Index].Select(value => double.IsFinite(value) ? value : (double?)null)]))];
    }

    private void Halve()
    {
        _stride *= 2;
        foreach (List<double> column in _values.Prepend(_seconds))
        {
            int kept = 0;
            for (int i = 0; i < column.Count; i += 2)
                column[kept++] = column[i];

            column.RemoveRange(kept, column.Count - kept);
        }
    }

    private void RemoveLast()
    {
        foreach (List<double> column in _values.Prepend(_seconds))
            column.RemoveAt(column.Count - 1);
    }
}
