using Plumb.Reports.Graphs;

namespace Plumb.Reports.Json;

/// <summary>Entries and the calls between them.</summary>
internal static class GraphJson
{
    public static void Write(GraphView view, ViewJson json)
    {
        var numbers = new Dictionary<CallNode, int>();
        foreach (CallNode node in view.Graph.Nodes)
            numbers.Add(node, numbers.Count + 1);

        json.Objects("nodes", view.Graph.Nodes, node => Write(node, numbers[node], json));

        // A call to what is not shown has no end to draw.
        IEnumerable<CallEdge> edges = view.Graph.Nodes.SelectMany(node => node.Out).Where(edge => numbers.ContainsKey(edge.Target));
        json.Objects("edges", edges.Order(Comparer<CallEdge>.Create(CallEdge.Compare)), edge =>
        {
            json.Writer.WriteNumber("from", numbers[edge.Source]);
            json.Writer.WriteNumber("to", numbers[edge.Target]);
            json.Amount("weight", edge.WeightValue);
            json.Writer.WriteBoolean("inline", edge.IsInline);
            json.Writer.WriteBoolean("residual", edge.IsResidual);
        });
    }

    private static void Write(CallNode node, int number, ViewJson json)
    {
        NodeInfo info = node.Info;
        json.Writer.WriteNumber("id", number);
        json.Writer.WriteString("name", node.Name);
        json.TextOrNull("function", info.Name);
        json.TextOrNull("file", info.File);
        json.NumberOrNull("line", info.Line);
        json.Address("address", info.Address);
        json.FlatAndCum(node.FlatValue, node.CumValue);
        IEnumerable<NodeTag> tags = node.Tags is { } labels ? [.. labels.Texts.Values, .. labels.Numbers.Values.SelectMany(byName => byName.Values)] : [];
        json.Objects("labels", tags.OrderBy(tag => tag.Name, StringComparer.Ordinal).ThenBy(tag => tag.Value), tag =>
        {
            json.Writer.WriteString("text", tag.Name);
            json.FlatAndCum(tag.FlatValue, tag.CumValue);
        });
    }
}
