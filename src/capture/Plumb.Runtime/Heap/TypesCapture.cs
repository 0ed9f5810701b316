using System.Globalization;
using Plumb.Profiles;
using Plumb.Runtime.Agent;
using Plumb.Runtime.Frozen;
using Plumb.Runtime.Naming;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Heap;

/// <summary>Counts a heap in a frozen copy of its process, while the process runs on.</summary>
internal static class TypesCapture
{
    /// <exception cref="ProfileUnavailableException">There is no memory for a copy, or none was made.</exception>
    public static Profile Take(TargetProcess target, IAgent agent, DateTimeOffset now)
    {
        MemoryHeadroom.Check(target);
        using var names = new FrameNamer(target);
        using FrozenProcess frozen = agent.Freeze();
        var types = new FrozenTypes(frozen, names);
        TypeCount[] counts = [.. frozen.Types().Select(row => new TypeCount(row.Class == 0 ? "" : types.FullName(row.Class), row.Objects, row.Bytes))];
        return TypesProfile.Build(target, counts, [string.Create(CultureInfo.InvariantCulture, $"{counts.Sum(count => count.Objects)} objects, garbage that is not collected among them (gc=1 collects first)")], now);
    }
}
