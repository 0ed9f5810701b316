using Plumb.Leaks.Comparison;
using Plumb.Leaks.Stacks;

namespace Plumb.Cli.Leaks.Rendering.Html;

/// <summary>Draws a tree of growth as a flame graph, callers above callees.</summary>
/// <remarks>
/// Widths are percentages and every frame is a picture of its own inside the picture, which clips its name: the graph fits any window and
/// any paper without a script. The script only adds zooming.
/// </remarks>
internal sealed class FlameChart
{
    private const int RowHeight = 19;
    private const int MaxFrames = 1200;
    private const int NameWidth = 160;

    // The finest difference of widths that is drawn, in percent.
    private const double LeastWidth = 0.15;

    private readonly HtmlWriter _page;
    private int _frames;

    public FlameChart(HtmlWriter page) => _page = page;

    public void Write(GrowthNode root, string unit, string title)
    {
        _frames = 0;
        int depth = Depth(root, 100);
        _page.Line($"<figure class=\"flame\"><figcaption><b>{title}</b> <span>{Amount(root.Growth, unit)} more in the last quarter of the snapshots than in the first</span></figcaption>");
        _page.Line($"<svg width=\"100%\" height=\"{depth * RowHeight}\" role=\"img\" aria-label=\"Flame graph: {title}. {Largest(root, unit)}\">");
        Frame(root, root.Growth, unit, 0, 100, 0);
        _page.Line($"</svg></figure>");
    }

    private void Frame(GrowthNode node, double whole, string unit, double left, double width, int depth)
    {
        if (width < LeastWidth || _frames++ >= MaxFrames)
        {
            return;
        }

        string owner = node.Owner switch
        {
            _ when depth == 0 => "root",
            FrameOwner.Application => "app",
            FrameOwner.ThirdParty => "lib",
            _ => "std",
        };
        string name = Ellipsis.Middle(node.Name, NameWidth);
        _page.Line($"<svg class=\"{owner}\" x=\"{left}%\" y=\"{depth * RowHeight}\" width=\"{width}%\" height=\"{RowHeight - 1}\"><title>{name}: {Amount(node.Growth, unit)}, {Quantity.Percent(node.Growth / whole)}</title><rect width=\"100%\" height=\"100%\"/><text x=\"4\" y=\"13\">{(width < 1 ? "" : Short(name))}</text></svg>");
        double at = left;
        foreach (GrowthNode child in node.Children)
        {
            double share = 100 * child.Growth / whole;
            Frame(child, whole, unit, at, share, depth + 1);
            at += share;
        }
    }

    // github.com/acme/shop/orders.(*Book).add → orders.(*Book).add
    private static string Short(string name) => name[(name.LastIndexOf('/') + 1)..];

    private static string Largest(GrowthNode root, string unit)
    {
        List<string> path = [];
        for (GrowthNode node = root; node.Children.Count > 0 && path.Count < 6; node = node.Children[0])
        {
            path.Add($"{Short(Ellipsis.Middle(node.Children[0].Name, 80))} {Amount(node.Children[0].Growth, unit)}");
        }

        return path.Count == 0 ? "" : $"The largest branch: {string.Join(", ", path)}";
    }

    private static int Depth(GrowthNode node, double width) =>
        1 + node.Children.Select(child => width * child.Growth / node.Growth is var share && share < LeastWidth ? 0 : Depth(child, share)).DefaultIfEmpty(0).Max();

    private static string Amount(double growth, string unit) => $"+{Quantity.Of(unit == "bytes" ? growth : Math.Round(growth), unit)}";
}
