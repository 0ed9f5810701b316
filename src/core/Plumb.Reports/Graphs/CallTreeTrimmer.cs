namespace Plumb.Reports.Graphs;

/// <summary>Builds the graph of a report with -call_tree. Paths that are cut hand their calls to the path that led to them.</summary>
internal sealed class CallTreeTrimmer(Report report, NodeSource source)
{
    private readonly bool _isPicture = report.Format == ReportFormat.Dot;

    public CallGraph Trim()
    {
        CallTree tree = CallTree.Of(source, report.Cancellation);
        CallNode[] nodes = Nodes(tree);
        if (_isPicture)
        {
            foreach ((int id, NodeTags tags) in TagSums.ByPath(report, source, tree))
                nodes[id].Tags = tags;
        }

        NodeChoice choice = NodeChoice.Choose(nodes, report.Options);
        if (choice.IsCut)
            Splice(nodes, choice);

        Sort(choice);
        bool edgesWereCut = report.Options.NodeCount > 0;
        if (edgesWereCut)
            Limit(nodes, choice);

        int dropped = EdgeTrimming.DropSmall(choice.Shown, choice.EdgeCutoff);
        if (_isPicture)
        {
            TrimTags(choice);
            EdgeTrimming.DropRedundant(choice.Shown);
        }

        return new CallGraph(choice, dropped);
    }

    private CallNode[] Nodes(CallTree tree)
    {
        var nodes = new CallNode[tree.Count];
        for (int i = 0; i < nodes.Length; i++)
        {
            CallTree.Path path = tree[i];
            nodes[i] = new CallNode(i, source.Table, path.Entry)
            {
                Flat = path.Flat,
                FlatDivisor = path.FlatDivisor,
                Cum = path.Cum,
                CumDivisor = path.CumDivisor,
                Gross = path.Gross,
                Parent = path.Parent < 0 ? null : nodes[path.Parent],
            };
            if (path.Parent < 0)
                continue;

            // A path has a smaller number than those it leads to, so the caller exists.
            var edge = new CallEdge(nodes[path.Parent], nodes[i]) { Weight = path.Cum, Divisor = path.CumDivisor, IsInline = path.IsInline };
            edge.Source.Out.Add(edge);
            edge.Target.In.Add(edge);
        }

        return nodes;
    }

    private void Limit(CallNode[] nodes, NodeChoice choice)
    {
        TrimTags(choice);
        EdgeTrimming.DropSmall(choice.Shown, choice.EdgeCutoff);
        int count = _isPicture ? PictureSize.Count(choice.Shown, report.Options.NodeCount) : report.Options.NodeCount;
        if (count >= choice.Shown.Count)
            return;

        choice.Limit(count);
        Splice(nodes, choice);
        Sort(choice);
    }

    private void Sort(NodeChoice choice)
    {
        if (_isPicture)
            NodeOrder.SortByEntropy(choice.Shown);
        else
            choice.Shown.Sort(NodeOrder.By(report.Options.Sort));
    }

    private static void Splice(CallNode[] nodes, NodeChoice choice)
    {
        var kept = new HashSet<CallNode>(choice.Shown);
        foreach (CallNode node in nodes)
        {
            if (!kept.Contains(node))
                Splice(node);
        }

        EdgeTrimming.DropRedundant(choice.Shown);
    }

    private static void Splice(CallNode node)
    {
        if (node.In is not [CallEdge call])
        {
            foreach (CallEdge edge in node.Out)
                edge.Target.In.Remove(edge);

            node.Out.Clear();
            return;
        }

        call.Source.Out.Remove(call);
        node.In.Clear();
        foreach (CallEdge edge in node.Out)
        {
            edge.Source = call.Source;
            edge.IsResidual = true;
            edge.IsInline &= call.IsInline;
            call.Source.Out.Add(edge);
        }

        node.Out.Clear();
    }

    private static void TrimTags(NodeChoice choice)
    {
        foreach (CallNode node in choice.Shown)
            node.Tags?.Trim(choice.NodeCutoff);
    }
}
