using System.Runtime.InteropServices;
using Plumb.Profiles.LegacyText;

namespace Plumb.Leaks.Stacks;

/// <summary>One dump with its goroutines by stack.</summary>
internal sealed class ReadDump(GoroutineDump dump)
{
    public Dictionary<StackKey, List<Goroutine>> Members { get; } = [];

    public Dictionary<long, Goroutine> ById { get; } = Index(dump);

    public long HighestId { get; set; }

    public void Put(StackKey key, Goroutine goroutine)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(Members, key, out _);
        (list ??= []).Add(goroutine);
    }

    public void Rename(IReadOnlyDictionary<StackKey, StackKey> stacks)
    {
        foreach (var (from, to) in stacks)
        {
            if (from != to && Members.Remove(from, out var members)) members.ForEach(m => Put(to, m));
        }
    }

    public HashSet<long> Ids(IReadOnlyList<StackKey> keys)
    {
        var ids = new HashSet<long>();
        foreach (var key in keys)
        {
            if (Members.TryGetValue(key, out var list)) ids.UnionWith(list.Select(g => g.Id));
        }

        return ids;
    }

    private static Dictionary<long, Goroutine> Index(GoroutineDump dump)
    {
        var byId = new Dictionary<long, Goroutine>();
        foreach (var goroutine in dump.Goroutines) byId.TryAdd(goroutine.Id, goroutine);
        return byId;
    }
}
