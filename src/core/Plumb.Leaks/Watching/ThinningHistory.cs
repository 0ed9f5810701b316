namespace Plumb.Leaks.Watching;

/// <summary>
/// A bounded number of points over an unbounded time. When it is full, neighbours become one point and everything that comes later is
/// gathered in the same measure: the whole time stays visible, evenly, and only its grain becomes coarser.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
public sealed class ThinningHistory<T>
{
    private readonly Func<T, T, T> _merge;
    private readonly List<T> _points = [];
    private int _capacity;
    private int _inLast;

    /// <param name="capacity">Most points; at least 2.</param>
    /// <param name="merge">Makes one point of an older and a newer one.</param>
    public ThinningHistory(int capacity, Func<T, T, T> merge)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        ArgumentNullException.ThrowIfNull(merge);
        _capacity = capacity;
        _merge = merge;
    }

    /// <summary>Oldest first. The last one holds the newest item.</summary>
    public IReadOnlyList<T> Points => _points;

    /// <summary>How many items a point stands for; the last one may stand for fewer.</summary>
    public int Grain { get; private set; } = 1;

    public void Add(T item)
    {
        if (_points.Count > 0 && _inLast < Grain)
        {
            _points[^1] = _merge(_points[^1], item);
            _inLast++;
            return;
        }

        _points.Add(item);
        _inLast = 1;
        Fit();
    }

    /// <summary>Lowers the bound; it is never raised.</summary>
    public void Shrink(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        _capacity = Math.Min(_capacity, capacity);
        Fit();
    }

    private void Fit()
    {
        while (_points.Count > _capacity)
        {
            // With an odd number the last point has no neighbour yet, and goes on to be filled.
            bool isPaired = _points.Count % 2 == 0;
            int kept = 0;
            for (int i = 0; i < _points.Count; i += 2)
                _points[kept++] = i + 1 < _points.Count ? _merge(_points[i], _points[i + 1]) : _points[i];
            _points.RemoveRange(kept, _points.Count - kept);
            _inLast += isPaired ? Grain : 0;
            Grain *= 2;
        }
    }
}
