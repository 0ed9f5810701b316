namespace Plumb.Benchmarks.Web;

/// <summary>The figures of a sequence of frames: what a script takes to draw one, and what there is between one and the next.</summary>
internal sealed class FrameFigures(string name, string what)
{
    private readonly WebFigure _nodes = new($"{name}-nodes", $"{what}: nodes");
    private readonly WebFigure _boxes = new($"{name}-boxes", $"{what}: most boxes in a frame");
    private readonly WebFigure _draw50 = new($"{name}-draw-p50", $"{what}: script of a frame, ms, p50", Format: "F1");
    private readonly WebFigure _draw95 = new($"{name}-draw-p95", $"{what}: script, p95", "≤ 16", "F1");
    private readonly WebFigure _drawMax = new($"{name}-draw-max", $"{what}: script, longest", Format: "F1");
    private readonly WebFigure _frame50 = new($"{name}-p50", $"{what}: frame to frame, ms, p50", Format: "F1");
    private readonly WebFigure _frame95 = new($"{name}-p95", $"{what}: frame to frame, p95", "≤ 16", "F1");
    private readonly WebFigure _frameMax = new($"{name}-max", $"{what}: frame to frame, longest", Format: "F1");
    private readonly WebFigure _cpu = new($"{name}-cpu", $"{what}: CPU of the browser, ms a frame", "≤ 16", "F1");

    public IEnumerable<WebFigure> All => [_nodes, _boxes, _draw50, _draw95, _drawMax, _frame50, _frame95, _frameMax, _cpu];

    /// <param name="draws">Empty where scripts draw nothing.</param>
    /// <param name="cpuSeconds">Of all processes of the browser, for all the frames.</param>
    public void Add(WebFigures figures, int nodes, int boxes, double[] draws, double[] gaps, double cpuSeconds)
    {
        figures.Add(_cpu, cpuSeconds * 1000 / gaps.Length);
        if (nodes > 0)
            figures.Add(_nodes, nodes);

        if (boxes > 0)
            figures.Add(_boxes, boxes);

        Add(figures, draws, _draw50, _draw95, _drawMax);
        Add(figures, gaps, _frame50, _frame95, _frameMax);
    }

    /// <summary>The value below which that share of the values is.</summary>
    public static double At(double[] values, double share) => values.Order().ElementAt((int)((values.Length - 1) * share));

    private static void Add(WebFigures figures, double[] values, WebFigure middle, WebFigure most, WebFigure longest)
    {
        if (values.Length == 0)
            return;

        figures.Add(middle, At(values, 0.5));
        figures.Add(most, At(values, 0.95));
        figures.Add(longest, values.Max());
    }
}
