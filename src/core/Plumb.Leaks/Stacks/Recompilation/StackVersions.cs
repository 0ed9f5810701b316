namespace Plumb.Leaks.Stacks.Recompilation;

/// <summary>
/// Finds the stacks that are one place of a .NET program at different times. A method that is called often is compiled a second and a third time, while
/// it is watched: others are put into it, calls become jumps, and what waits or is allocated there stands at another stack from then on. The one
/// stack gains no more when the other begins to, at the same rate; a cache that is full leaves the one and fills the other.
/// </summary>
internal sealed class StackVersions
{
    // Comparing is quadratic, in stacks and in their depth: of very many those that gained most, of very deep ones what is nearest to the leaf.
    private const int MostStacks = 2048;
    private const int MostOfOneType = 128;
    private const int MostFrames = 96;

    private const double FewestOfLost = 3;
    private const double FewestOfExchanged = 5;

    private readonly StackCatalog _catalog;
    private readonly double[] _seconds;
    private readonly Dictionary<string, int> _methods = new(StringComparer.Ordinal);
    private readonly Dictionary<StackKey, Version> _versions = [];

    private StackVersions(StackCatalog catalog, double[] seconds)
    {
        _catalog = catalog;
        _seconds = seconds;
    }

    /// <summary>For each stack that is another one compiled anew, the one that says most of the place.</summary>
    /// <param name="catalog">Of the stacks, classified.</param>
    /// <param name="stacks">How many of each had been seen at each point (or ever, where that is counted), and how many there are.</param>
    /// <param name="seconds">Of the points.</param>
    public static IReadOnlyDictionary<StackKey, StackKey> Find(StackCatalog catalog, IEnumerable<(StackKey Key, double[] Seen, double[] Level)> stacks, double[] seconds)
    {
        var versions = new StackVersions(catalog, seconds);
        var candidates = stacks
            .Select(s => new Version(s.Key, versions.Chain(s.Key), new StackHistory(s.Seen, s.Level)))
            .Where(v => v.History.Total >= FewestOfLost)
            .OrderByDescending(v => v.History.Total)
            .Take(MostStacks);
        foreach (var alike in candidates.GroupBy(v => v.Chain.HasType ? v.Chain.Methods[0] : -1)) versions.Unite([.. alike.Take(MostOfOneType)]);
        return versions.Representatives();
    }

    private CallChain Chain(StackKey key)
    {
        var ids = _catalog.FrameIds(key);
        var methods = new int[Math.Min(ids.Length, MostFrames)];
        var own = new HashSet<int>();
        for (var i = 0; i < methods.Length; i++)
        {
            var frame = _catalog.Frame(ids[i]);
            _methods.TryAdd(frame.Function, _methods.Count);
            methods[i] = _methods[frame.Function];
            if (frame.IsApplication) own.Add(methods[i]);
        }

        return new CallChain(methods, _catalog.IsType(ids[0]), own);
    }

    private void Unite(Version[] alike)
    {
        for (var i = 0; i < alike.Length; i++)
        {
            for (var j = i + 1; j < alike.Length; j++)
            {
                var (a, b) = (alike[i], alike[j]);
                if (a.Root() != b.Root() && (Became(a, b) || Became(b, a))) b.Root().Parent = a.Root();
            }
        }

        foreach (var version in alike) _versions.Add(version.Key, version);
    }

    // The cheap question first: most stacks gain the whole time, or never.
    private bool Became(Version earlier, Version later) =>
        earlier.History.PassesTo(later.History, _seconds, FewestOfLost) && earlier.Chain.KinshipWith(later.Chain) switch
        {
            ChainKinship.FramesLost => true,
            ChainKinship.FramesExchanged => earlier.History.PassesTo(later.History, _seconds, FewestOfExchanged),
            _ => false,
        };

    private Dictionary<StackKey, StackKey> Representatives()
    {
        var of = new Dictionary<StackKey, StackKey>();
        foreach (var place in _versions.Values.GroupBy(v => v.Root()).Where(g => g.Skip(1).Any()))
        {
            // The code that was compiled first knows all its calls and lines.
            var fullest = place.OrderByDescending(v => v.Chain.Own.Count).ThenByDescending(v => v.Chain.Methods.Length).ThenBy(v => v.History.Start).First();
            foreach (var version in place) of.Add(version.Key, fullest.Key);
        }

        return of;
    }

    private sealed class Version(StackKey key, CallChain chain, StackHistory history)
    {
        public StackKey Key { get; } = key;

        public CallChain Chain { get; } = chain;

        public StackHistory History { get; } = history;

        public Version? Parent { get; set; }

        public Version Root()
        {
            var root = this;
            while (root.Parent is { } parent) root = parent;
            return root;
        }
    }
}
