namespace Plumb.Runtime.Events;

/// <summary>Sums by stack and kind: how often, and how long in all.</summary>
internal sealed class EventTotals
{
    private const int MaxRows = 500_000;
    private readonly Dictionary<(int Stack, string Kind), (long Count, long Nanos)> _rows = [];

    public IReadOnlyDictionary<(int Stack, string Kind), (long Count, long Nanos)> Rows => _rows;

    /// <summary>What found no room.</summary>
    public long Lost { get; private set; }

    /// <param name="kind">A label's text; may be empty.</param>
    public void Add(int stack, string kind, long count, long nanos)
    {
        (int, string) key = (stack, kind);
        if (!_rows.TryGetValue(key, out (long Count, long Nanos) sum) && _rows.Count >= MaxRows)
            Lost += count;
        else
            _rows[key] = (sum.Count + count, sum.Nanos + nanos);
    }
}
