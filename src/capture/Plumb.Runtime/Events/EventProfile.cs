using Plumb.Profiles;
using Plumb.Runtime.Naming;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Events;

/// <summary>Writes sums by stack as a profile.</summary>
internal static class EventProfile
{
    private const string NoStack = "[no managed stack]";

    /// <param name="label">The name of the label that holds the kind; null: the kind is a place, for what has no stack.</param>
    /// <param name="values">The values of a sample from its count and time.</param>
    public static Profile Build(TargetProcess target, EventSink sink, ProfileHeader header, string? label, Func<long, long, long[]> values)
    {
        var profile = new ProfileBuilder(header);
        using var names = new FrameNamer(target);
        names.AddProgram(profile);
        var frames = new Frames(sink, names, profile);
        StringId key = profile.String(label ?? "");
        foreach (((int stack, string kind), (long count, long nanos)) in sink.Totals.Rows)
        {
            StackId id = stack == StackIndex.Lost
                ? profile.Stack([profile.Location(profile.Function(label is null && kind.Length > 0 ? $"[thread {TerminalText.Escape(kind)}]" : NoStack))])
                : frames.Stack(stack);
            LabelSetId labels = string.IsNullOrEmpty(label) || kind.Length == 0 ? default : profile.LabelSet(Label.OfText(key, profile.String(kind)));
            _ = profile.AddSample(id, values(count, nanos), labels);
        }

        return profile.Build();
    }

    private sealed class Frames(EventSink sink, FrameNamer names, ProfileBuilder profile)
    {
        private readonly Dictionary<(ulong Address, bool IsLeaf), LocationId> _known = [];
        private readonly List<LocationId> _stack = [];

        public StackId Stack(int number)
        {
            _stack.Clear();
            foreach (ulong address in sink.Stacks[number])
                _stack.Add(Location(address, isLeaf: _stack.Count == 0));
            return profile.Stack([.. _stack]);
        }

        private LocationId Location(ulong address, bool isLeaf)
        {
            if (!_known.TryGetValue((address, isLeaf), out LocationId id))
                _known[(address, isLeaf)] = id = Find(address, isLeaf);
            return id;
        }

        private LocationId Find(ulong address, bool isLeaf)
        {
            // A caller's address is where the call returns to, which may belong to the next statement, or to the next method.
            ulong instruction = isLeaf ? address : address - 1;
            if (!sink.Code.TryFind(instruction, out MethodRange method))
                return names.Location(profile, "", 0, -1, address, "");
            return names.Location(profile, sink.Code.Module(method.Module), method.Token, method.IlOffset((uint)(instruction - method.Start)), address, method.Name);
        }
    }
}
