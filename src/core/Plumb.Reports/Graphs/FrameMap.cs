using Plumb.Profiles;
using Plumb.Profiles.Filtering;

namespace Plumb.Reports.Graphs;

/// <summary>
/// The entries that each location stands for, innermost inlined call first: computed once, so that the loop over samples reads integers
/// only. A hidden location has none.
/// </summary>
internal sealed class FrameMap
{
    private readonly int[] _starts;
    private readonly int[] _nodes;

    private FrameMap(int[] starts, int[] nodes, bool[] inlined)
    {
        _starts = starts;
        _nodes = nodes;
        Inlined = inlined;
        IsOneToOne = nodes.Length == starts.Length - 1 && IsRising(starts);
    }

    public ReadOnlySpan<int> Starts => _starts;

    public ReadOnlySpan<int> Nodes => _nodes;

    /// <summary>For each entry, whether it is inlined into its caller somewhere.</summary>
    public bool[] Inlined { get; }

    /// <summary>Whether each location has exactly one entry, so that <see cref="Nodes"/> can be read by location.</summary>
    public bool IsOneToOne { get; }

    public ReadOnlySpan<int> this[LocationId id] => _nodes.AsSpan(_starts[id.Index].._starts[id.Index + 1]);

    public static FrameMap Build(ProfileSelection selection, NodeTable table, bool inlines)
    {
        LocationTable locations = selection.Profile.Locations;
        var starts = new int[locations.Count + 1];
        var nodes = new List<int>(locations.AllLines.Length);
        for (int i = 0; i < locations.Count; i++)
        {
            var id = new LocationId(i);
            if (!selection.IsHidden(id))
                Add(locations[id], Seen(selection.Lines(id), inlines), table, nodes);

            starts[i + 1] = nodes.Count;
        }

        int[] all = [.. nodes];
        return new FrameMap(starts, all, InlinedNodes(starts, all, table.Count));
    }

    private static ReadOnlySpan<Line> Seen(ReadOnlySpan<Line> lines, bool inlines) =>
        inlines || lines.Length < 2 ? lines : lines[^1..];

    private static void Add(Location location, ReadOnlySpan<Line> lines, NodeTable table, List<int> nodes)
    {
        if (lines.IsEmpty)
            nodes.Add(table.Intern(location));

        foreach (Line line in lines)
            nodes.Add(table.Intern(location, line));
    }

    private static bool[] InlinedNodes(int[] starts, int[] nodes, int count)
    {
        var inlined = new bool[count];
        for (int location = 0; location + 1 < starts.Length; location++)
        {
            for (int i = starts[location]; i < starts[location + 1] - 1; i++)
                inlined[nodes[i]] = true;
        }

        return inlined;
    }

    private static bool IsRising(int[] starts)
    {
        for (int i = 0; i < starts.Length; i++)
        {
            if (starts[i] != i)
                return false;
        }

        return true;
    }
}
