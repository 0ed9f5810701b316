namespace Plumb.Runtime.Events;

/// <summary>Gives equal stacks equal numbers. Beyond its bound every new stack is <see cref="Lost"/>.</summary>
internal sealed class StackIndex
{
    public const int Lost = 0;
    private const int MaxStacks = 200_000;

    private readonly Dictionary<ulong[], int> _numbers = new(new ByContent());
    private readonly List<ulong[]> _stacks = [[]];

    public int Count => _stacks.Count;

    /// <summary>Leaf first.</summary>
    public ReadOnlySpan<ulong> this[int number] => _stacks[number];

    public int Intern(ReadOnlySpan<ulong> stack)
    {
        var lookup = _numbers.GetAlternateLookup<ReadOnlySpan<ulong>>();
        if (stack.IsEmpty || (!lookup.TryGetValue(stack, out int number) && _stacks.Count >= MaxStacks))
            return Lost;
        if (number != Lost)
            return number;

        ulong[] own = stack.ToArray();
        _numbers.Add(own, _stacks.Count);
        _stacks.Add(own);
        return _stacks.Count - 1;
    }

    /// <summary>Every address of a stack, sorted, each once.</summary>
    public ulong[] Addresses()
    {
        var all = new HashSet<ulong>();
        foreach (ulong[] stack in _stacks)
            all.UnionWith(stack);
        ulong[] sorted = [.. all];
        Array.Sort(sorted);
        return sorted;
    }

    private sealed class ByContent : IEqualityComparer<ulong[]>, IAlternateEqualityComparer<ReadOnlySpan<ulong>, ulong[]>
    {
        public bool Equals(ulong[]? x, ulong[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<ulong> alternate, ulong[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ulong[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<ulong> alternate)
        {
            var hash = default(HashCode);
            foreach (ulong address in alternate)
                hash.Add(address);
            return hash.ToHashCode();
        }

        public ulong[] Create(ReadOnlySpan<ulong> alternate) => alternate.ToArray();
    }
}
