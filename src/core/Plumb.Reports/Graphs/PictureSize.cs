namespace Plumb.Reports.Graphs;

/// <summary>How many entries fit into a picture, in which the labels of an entry take room as well.</summary>
internal static class PictureSize
{
    /// <summary>The most labels that are drawn beside an entry.</summary>
    public const int MaxTagsPerNode = 4;

    public static int Count(List<CallNode> nodes, int room)
    {
        int taken = 0;
        for (int i = 0; i < nodes.Count; i++)
        {
            taken += 1 + Math.Min(nodes[i].Tags?.CountWithFlat() ?? 0, MaxTagsPerNode);
            if (taken >= room)
                return i + 1;
        }

        return Math.Min(room, nodes.Count);
    }
}
