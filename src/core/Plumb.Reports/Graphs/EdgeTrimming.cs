using Plumb.Reports.Measurements;

namespace Plumb.Reports.Graphs;

/// <summary>Takes calls out of a graph.</summary>
internal static class EdgeTrimming
{
    /// <summary>Removes calls into the nodes that are below a weight, and returns how many there were.</summary>
    public static int DropSmall(List<CallNode> nodes, long cutoff)
    {
        int dropped = 0;
        foreach (CallNode node in nodes)
        {
            for (int i = node.In.Count - 1; i >= 0; i--)
            {
                CallEdge edge = node.In[i];
                if (SampleValues.Magnitude(edge.Weight) >= cutoff)
                    continue;

                Remove(edge);
                dropped++;
            }
        }

        return dropped;
    }

    /// <summary>
    /// Removes residual calls whose ends are connected in another way, lightest first: they clutter a picture. One that is heavier than a
    /// direct call stays, because its absence would mislead.
    /// </summary>
    public static void DropRedundant(List<CallNode> nodes)
    {
        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            CallEdge[] calls = [.. nodes[i].In];
            Array.Sort(calls, CallEdge.Compare);
            for (int at = calls.Length - 1; at >= 0 && calls[at].IsResidual; at--)
            {
                if (HasOtherPath(calls[at]))
                    Remove(calls[at]);
            }
        }
    }

    public static void Remove(CallEdge edge)
    {
        edge.Source.Out.Remove(edge);
        edge.Target.In.Remove(edge);
    }

    private static bool HasOtherPath(CallEdge edge)
    {
        var seen = new HashSet<CallNode> { edge.Target };
        var pending = new Queue<CallNode>([edge.Target]);
        while (pending.TryDequeue(out CallNode? node))
        {
            foreach (CallEdge call in node.In)
            {
                if (call == edge || seen.Contains(call.Source))
                    continue;

                if (call.Source == edge.Source)
                    return true;

                seen.Add(call.Source);
                pending.Enqueue(call.Source);
            }
        }

        return false;
    }
}
