namespace Plumb.Reports;

/// <summary>Keeps the values that were asked for last. A value is made once, also when several threads ask at the same time.</summary>
internal sealed class RecentlyUsed<TKey, TValue>(int capacity)
    where TKey : notnull, IEquatable<TKey>
{
    private readonly Lock _lock = new();

    // The last one used is at the end. So few that a scan is faster than a table.
    private readonly List<(TKey Key, Lazy<TValue> Value)> _kept = new(capacity);

    public TValue GetOrAdd(TKey key, Func<TKey, TValue> make)
    {
        Lazy<TValue> value;
        lock (_lock)
        {
            int at = _kept.FindIndex(kept => kept.Key.Equals(key));
            value = at < 0 ? new Lazy<TValue>(() => make(key)) : _kept[at].Value;
            if (at >= 0)
                _kept.RemoveAt(at);
            else if (_kept.Count == capacity)
                _kept.RemoveAt(0);

            _kept.Add((key, value));
        }

        return value.Value;
    }
}
