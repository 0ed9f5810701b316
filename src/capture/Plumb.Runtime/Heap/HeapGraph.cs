using System.Runtime.InteropServices;

namespace Plumb.Runtime.Heap;

/// <summary>
/// Which objects of a heap refer to which, and where a search for what lives begins. Objects come in any order, and their references in the
/// order of the objects, some before them.
/// </summary>
/// <param name="maxObjects">Beyond so many, or six times as many references, nothing more is kept and nothing is told: 80 bytes for each at the most.</param>
internal sealed class HeapGraph(int maxObjects)
{
    private const int MaxReferencesPerObject = 6;
    private const int MaxHolders = 200_000;

    private readonly List<Node> _nodes = [];
    private readonly List<ulong> _targets = [];
    private readonly List<(ulong Key, ulong Value)> _dependents = [];
    private readonly List<(ulong Address, int Holder)> _roots = [];
    private readonly List<Holder> _holders = [];
    private readonly Dictionary<Holder, int> _places = [];
    private long _expectedTargets;
    private bool _isTooLarge;

    /// <summary>Whether all was kept, and no reference was lost on the way.</summary>
    public bool IsWhole => !_isTooLarge && _expectedTargets == _targets.Count;

    private long MaxTargets => (long)maxObjects * MaxReferencesPerObject;

    /// <param name="references">How many follow for it.</param>
    public void AddObject(ulong address, ulong type, long bytes, ulong references)
    {
        if (_isTooLarge)
            return;
        if (_nodes.Count >= maxObjects || references > (ulong)(MaxTargets - _expectedTargets))
        {
            GiveUp();
            return;
        }

        _expectedTargets += (long)references;
        _nodes.Add(new Node(address, type, bytes, (int)_expectedTargets));
    }

    public void AddReference(ulong target)
    {
        if (!_isTooLarge && _targets.Count < MaxTargets)
            _targets.Add(target);
    }

    /// <summary>What lives as long as something else does, and is not referred to by it: a value of a ConditionalWeakTable.</summary>
    public void AddDependent(ulong key, ulong value)
    {
        if (!_isTooLarge && _dependents.Count < maxObjects)
            _dependents.Add((key, value));
    }

    public void AddRoot(ulong address, Holder holder)
    {
        if (_isTooLarge || address == 0 || _roots.Count >= maxObjects)
            return;
        if (!_places.TryGetValue(holder, out int place))
        {
            if (_holders.Count >= MaxHolders)
                return;
            _places.Add(holder, place = _holders.Count);
            _holders.Add(holder);
        }

        _roots.Add((address, place));
    }

    /// <summary>
    /// The objects by type and by what holds them. Of several holders it is one of the kind that lives longest, and of those the one with the
    /// fewest references between.
    /// </summary>
    public IEnumerable<HeldCount> Counts()
    {
        int[] heldBy = Search();
        var counts = new Dictionary<(ulong Type, int Holder), (long Objects, long Bytes)>();
        for (int i = 0; i < _nodes.Count; i++)
        {
            ref (long Objects, long Bytes) sum = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, (_nodes[i].Type, heldBy[i]), out _);
            sum = (sum.Objects + 1, sum.Bytes + _nodes[i].Bytes);
        }

        foreach (((ulong type, int holder), (long objects, long bytes)) in counts)
            yield return new HeldCount(type, holder < 0 ? new Holder(HolderKind.None) : _holders[holder], objects, bytes);
    }

    /// <returns>Of each object the place of its holder; -1 where there is none.</returns>
    private int[] Search()
    {
        var index = new AddressIndex(CollectionsMarshal.AsSpan(_nodes));
        ILookup<int, ulong> dependents = _dependents.ToLookup(pair => index.Find(pair.Key), pair => pair.Value);
        var heldBy = new int[_nodes.Count];
        Array.Fill(heldBy, -1);
        var found = new Queue<int>();
        foreach (IGrouping<HolderKind, (ulong Address, int Holder)> stage in _roots.GroupBy(root => _holders[root.Holder].Kind).OrderBy(stage => stage.Key))
        {
            foreach ((ulong address, int holder) in stage)
                Reach(address, holder);
            while (found.TryDequeue(out int at))
            {
                foreach (ulong target in Targets(at))
                    Reach(target, heldBy[at]);
                foreach (ulong value in dependents[at])
                    Reach(value, heldBy[at]);
            }
        }

        return heldBy;

        void Reach(ulong address, int holder)
        {
            int at = index.Find(address);
            if (at < 0 || heldBy[at] >= 0)
                return;
            heldBy[at] = holder;
            found.Enqueue(at);
        }
    }

    private ReadOnlySpan<ulong> Targets(int at) => CollectionsMarshal.AsSpan(_targets)[(at == 0 ? 0 : _nodes[at - 1].TargetsEnd).._nodes[at].TargetsEnd];

    private void GiveUp()
    {
        _isTooLarge = true;
        Release(_nodes);
        Release(_targets);
        Release(_dependents);
        Release(_roots);
    }

    private static void Release<T>(List<T> list)
    {
        list.Clear();
        list.TrimExcess();
    }

    /// <param name="TargetsEnd">One past its last reference among those of all objects.</param>
    private readonly record struct Node(ulong Address, ulong Type, long Bytes, int TargetsEnd);

    /// <summary>Finds objects by where they are.</summary>
    private sealed class AddressIndex
    {
        private readonly ulong[] _addresses;
        private readonly int[] _nodes;

        public AddressIndex(ReadOnlySpan<Node> nodes)
        {
            _addresses = new ulong[nodes.Length];
            _nodes = new int[nodes.Length];
            for (int i = 0; i < nodes.Length; i++)
                (_addresses[i], _nodes[i]) = (nodes[i].Address, i);
            Array.Sort(_addresses, _nodes);
        }

        /// <returns>-1 when there is none.</returns>
        public int Find(ulong address)
        {
            int at = Array.BinarySearch(_addresses, address);
            return at < 0 ? -1 : _nodes[at];
        }
    }
}
