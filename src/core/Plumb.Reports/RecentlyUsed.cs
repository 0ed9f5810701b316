namespace Plumb.Reports;

/// <summary>Keeps the values that were asked for last. A value is made once, also when several threads ask at the same time.</summary>
internal sealed class RecentlyUsed<TKey, TValue>(int capacity)
    where TKey : notnull, IEquatable<TKey>
{
    private readonly Lock _lock = new();

    // The last one used is at the end. So few that a scan is faster than a table.
    private readonly List<Entry> _kept = new(capacity);

    public TValue GetOrAdd(TKey key, Func<TKey, TValue> make)
    {
        Entry entry;
        lock (_lock)
        {
            int at = _kept.FindIndex(kept => kept.Key.Equals(key));
            entry = at < 0 ? new Entry(key, new Lazy<TValue>(() => make(key))) : _kept[at];
            if (at >= 0)
                _kept.RemoveAt(at);
            else if (_kept.Count == capacity)
                _kept.RemoveAt(0);

            _kept.Add(entry);
        }

        return entry.Value.Value;
    }

    private sealed record Entry(TKey Key, Lazy<TValue> Value);
}
