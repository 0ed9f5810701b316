namespace Plumb.Web.Serving;

/// <summary>Answers that were given, the last ones asked for: going back to a view costs nothing. Bounded in bytes. Safe for concurrent use.</summary>
internal sealed class ViewCache(long maxBytes)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, Answer Answer)>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, Answer Answer)> _newestFirst = [];
    private long _bytes;

    public Answer? Find(string key)
    {
        lock (_lock)
        {
            if (!_byKey.TryGetValue(key, out LinkedListNode<(string Key, Answer Answer)>? node))
                return null;

            _newestFirst.Remove(node);
            _newestFirst.AddFirst(node);
            return node.Value.Answer;
        }
    }

    public void Add(string key, Answer answer)
    {
        lock (_lock)
        {
            if (answer.Body.Length > maxBytes || _byKey.ContainsKey(key))
                return;

            _byKey.Add(key, _newestFirst.AddFirst((key, answer)));
            _bytes += answer.Body.Length;
            while (_bytes > maxBytes)
            {
                (string oldest, Answer dropped) = _newestFirst.Last!.Value;
                _newestFirst.RemoveLast();
                _byKey.Remove(oldest);
                _bytes -= dropped.Body.Length;
            }
        }
    }
}
