namespace Plumb.Benchmarks.Service;

/// <summary>A heap of a known size: trees of small objects with references, as services have them.</summary>
internal sealed class KnownHeap
{
    private const int NodeBytes = 64;
    private const int BatchNodes = 1 << 17;

    private readonly List<Node> _roots = [];

    private sealed class Node(Node? left, Node? right)
    {
        public Node? Left { get; } = left;

        public Node? Right { get; } = right;

        public long First { get; set; }

        public long Second { get; set; }

        public long Third { get; set; }

        public long Fourth { get; set; }
    }

    /// <returns>Bytes in the heap after a full collection.</returns>
    public long Fill(int megabytes)
    {
        long missing = (megabytes * 1_000_000L) - GC.GetTotalMemory(forceFullCollection: true);
        for (; missing > 0; missing -= (long)BatchNodes * NodeBytes)
            _roots.Add(Tree(BatchNodes));
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static Node Tree(int nodes) => nodes <= 1
        ? new Node(null, null)
        : new Node(Tree((nodes - 1) / 2), Tree((nodes - 1) / 2)) { First = nodes };
}
