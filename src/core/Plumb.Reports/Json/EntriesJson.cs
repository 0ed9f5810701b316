using Plumb.Reports.Tags;
using Plumb.Reports.Top;
using Plumb.Reports.Trees;

namespace Plumb.Reports.Json;

/// <summary>Views of entries and of labels.</summary>
internal static class EntriesJson
{
    public static void Write(TopView view, ViewJson json) => json.Objects("entries", view.Rows, row =>
    {
        json.Writer.WriteString("name", row.Name);
        json.FlatAndCum(row.Flat, row.Cum);
        json.Writer.WriteString("inline", row.Inlining switch
        {
            Inlining.Full => "all",
            Inlining.Partial => "some",
            _ => "none",
        });
    });

    public static void Write(TreeView view, ViewJson json) => json.Objects("entries", view.Nodes, node =>
    {
        json.Writer.WriteString("name", node.Name);
        json.FlatAndCum(node.Flat, node.Cum);
        json.Objects("callers", node.Callers, call => Write(call, json));
        json.Objects("callees", node.Callees, call => Write(call, json));
    });

    public static void Write(TagsView view, ViewJson json) => json.Objects("keys", view.Keys, key =>
    {
        json.Writer.WriteString("key", key.Name);
        json.Amount("sum", key.Sum);
        json.Objects("values", key.Values, value =>
        {
            json.Writer.WriteString("value", value.Text);
            json.Amount("sum", value.Sum);
        });
    });

    private static void Write(TreeCall call, ViewJson json)
    {
        json.Writer.WriteString("name", call.Name);
        json.Amount("weight", call.Weight);
        json.Writer.WriteBoolean("inline", call.IsInline);
    }
}
