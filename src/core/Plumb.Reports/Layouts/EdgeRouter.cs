using System.Collections.Immutable;

namespace Plumb.Reports.Layouts;

/// <summary>
/// Draws edges as smooth curves from the box above to the box below. Between its bends, a curve is x as a function of y whose slopes are
/// chosen so that it never swings out to either side (Fritsch and Carlson, 1980). First it is drawn freely; where that touches a box, it
/// passes the rank straight down, at the place that was kept free for it.
/// </summary>
internal sealed class EdgeRouter(PlacedGraph placed)
{
    private const double Clearance = 2;
    private const double SampleDistance = 8;

    // How far from the middle of a box's side lines may start and end, as part of its width.
    private const double PortSpread = 0.35;

    private const double SteepestSlope = 2.5;

    private readonly LayeredGraph _graph = placed.Graph;

    /// <param name="edge">Its place among the edges of the layered graph.</param>
    /// <param name="upwards">Whether the arrow belongs to the upper end.</param>
    public LayoutPath Route(int edge, bool upwards)
    {
        int[] chain = _graph.Chains[edge];
        ImmutableArray<LayoutPoint> curve = Curve(FreeWaypoints(chain, -1), upwards, out LayoutPoint tip);
        if (RightmostBesideLabel(curve, edge) > placed.X(_graph.LabelBends[edge]) + LayoutSpacing.LabelPlay)
            curve = Curve(FreeWaypoints(chain, _graph.LabelBends[edge]), upwards, out tip);

        if (TouchesABox(curve, chain))
            curve = Curve(StrictWaypoints(chain), upwards, out tip);

        return new LayoutPath(upwards ? [.. curve.Reverse()] : curve, tip, Label(edge, curve));
    }

    private LayoutBox Label(int edge, ImmutableArray<LayoutPoint> curve)
    {
        int bend = _graph.LabelBends[edge];
        LayoutNode label = placed.Labels[edge];
        double line = Math.Min(RightmostBesideLabel(curve, edge), placed.X(bend) + LayoutSpacing.LabelPlay);
        return new LayoutBox(line + LayoutSpacing.BesideLabel, placed.Middle(_graph.LayerOf(bend)) - (label.Height / 2), label.Width, label.Height);
    }

    /// <summary>How far to the right the line runs where its text is to stand.</summary>
    private double RightmostBesideLabel(ImmutableArray<LayoutPoint> curve, int edge)
    {
        int bend = _graph.LabelBends[edge];
        double middle = placed.Middle(_graph.LayerOf(bend)), half = placed.Labels[edge].Height / 2, rightmost = placed.X(bend);
        for (int piece = 0; piece + 3 < curve.Length; piece += 3)
        {
            if (curve[piece].Y > middle + half || curve[piece + 3].Y < middle - half)
                continue;

            int samples = Samples(curve.AsSpan(piece, 4));
            for (int i = 0; i <= samples; i++)
            {
                LayoutPoint point = At(curve.AsSpan(piece, 4), (double)i / samples);
                if (Math.Abs(point.Y - middle) <= half)
                    rightmost = Math.Max(rightmost, point.X);
            }
        }

        return rightmost;
    }

    /// <param name="straightAt">A bend whose layer is passed straight down; -1 for none.</param>
    private List<LayoutPoint> FreeWaypoints(int[] chain, int straightAt)
    {
        LayoutBox source = placed.Boxes[chain[0]], target = placed.Boxes[chain[^1]];
        var points = new List<LayoutPoint> { Port(source, Middle(chain[1]), source.Bottom) };
        foreach (int bend in chain[1..^1])
        {
            if (bend == straightAt)
                AddStraight(points, bend);
            else
                points.Add(Middle(bend));
        }

        points.Add(Port(target, Middle(chain[^2]), target.Y));
        return points;
    }

    private void AddStraight(List<LayoutPoint> points, int bend)
    {
        int layer = _graph.LayerOf(bend);
        Add(points, new LayoutPoint(placed.X(bend), placed.Top(layer)));
        Add(points, new LayoutPoint(placed.X(bend), placed.Bottom(layer)));
    }

    private LayoutPoint Middle(int vertex) => new(placed.X(vertex), placed.Middle(_graph.LayerOf(vertex)));

    // Where a line towards the middle of the box meets its side, within reason.
    private static LayoutPoint Port(LayoutBox box, LayoutPoint next, double side)
    {
        double offset = (next.X - box.CenterX) * (box.Height / 2) / Math.Abs(next.Y - box.CenterY);
        return new LayoutPoint(box.CenterX + Math.Clamp(offset, -PortSpread * box.Width, PortSpread * box.Width), side);
    }

    private List<LayoutPoint> StrictWaypoints(int[] chain)
    {
        LayoutBox source = placed.Boxes[chain[0]], target = placed.Boxes[chain[^1]];
        var points = new List<LayoutPoint>();
        Add(points, Port(source, Middle(chain[1]), source.Bottom));
        Add(points, points[0] with { Y = placed.Bottom(_graph.LayerOf(chain[0])) });
        foreach (int bend in chain[1..^1])
            AddStraight(points, bend);

        LayoutPoint end = Port(target, Middle(chain[^2]), target.Y);
        Add(points, end with { Y = placed.Top(_graph.LayerOf(chain[^1])) });
        Add(points, end);
        return points;
    }

    private static void Add(List<LayoutPoint> points, LayoutPoint point)
    {
        if (points.Count == 0 || point.Y > points[^1].Y + 0.01)
            points.Add(point);
    }

    private bool TouchesABox(ImmutableArray<LayoutPoint> curve, int[] chain)
    {
        for (int piece = 0; piece + 3 < curve.Length; piece += 3)
        {
            int samples = Samples(curve.AsSpan(piece, 4));
            for (int i = 0; i <= samples; i++)
            {
                int node = placed.FindNode(At(curve.AsSpan(piece, 4), (double)i / samples), Clearance);
                if (node >= 0 && node != chain[0] && node != chain[^1])
                    return true;
            }
        }

        return false;
    }

    private static int Samples(ReadOnlySpan<LayoutPoint> piece) =>
        4 + (int)((Math.Abs(piece[3].X - piece[0].X) + Math.Abs(piece[3].Y - piece[0].Y)) / SampleDistance);

    private static LayoutPoint At(ReadOnlySpan<LayoutPoint> piece, double t)
    {
        double u = 1 - t, a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
        return new LayoutPoint(
            (a * piece[0].X) + (b * piece[1].X) + (c * piece[2].X) + (d * piece[3].X),
            (a * piece[0].Y) + (b * piece[1].Y) + (c * piece[2].Y) + (d * piece[3].Y));
    }

    /// <summary>dx/dy at each point.</summary>
    private static List<double> Slopes(List<LayoutPoint> points)
    {
        int pieces = points.Count - 1;
        var secants = new double[pieces];
        for (int i = 0; i < pieces; i++)
            secants[i] = (points[i + 1].X - points[i].X) / (points[i + 1].Y - points[i].Y);

        var slopes = new double[points.Count];
        slopes[0] = Math.Clamp(secants[0], -SteepestSlope, SteepestSlope);
        slopes[^1] = Math.Clamp(secants[^1], -SteepestSlope, SteepestSlope);
        for (int i = 1; i < pieces; i++)
        {
            // Where it turns around, or stands still, it is upright.
            if (secants[i - 1] * secants[i] > 0)
                slopes[i] = 2 / ((1 / secants[i - 1]) + (1 / secants[i]));
        }

        return [.. slopes];
    }

    private static void MakeRoomForArrow(List<LayoutPoint> points, List<double> slopes, bool upwards)
    {
        int end = upwards ? 0 : points.Count - 1, next = upwards ? 1 : end - 1;
        LayoutPoint tip = points[end];
        double slope = slopes[end];
        double length = LayoutSpacing.ArrowLength / Math.Sqrt(1 + (slope * slope));
        points[end] = new LayoutPoint(tip.X + (slope * (upwards ? length : -length)), tip.Y + (upwards ? length : -length));
        if (points.Count == 2 || Math.Abs(points[next].Y - tip.Y) > length + 1)
            return;

        // The way straight down to the box is shorter than the arrow.
        points.RemoveAt(next);
        slopes.RemoveAt(next);
    }

    private static ImmutableArray<LayoutPoint> Curve(List<LayoutPoint> points, bool upwards, out LayoutPoint tip)
    {
        List<double> slopes = Slopes(points);
        tip = upwards ? points[0] : points[^1];
        MakeRoomForArrow(points, slopes, upwards);
        ImmutableArray<LayoutPoint>.Builder curve = ImmutableArray.CreateBuilder<LayoutPoint>((3 * points.Count) - 2);
        curve.Add(points[0]);
        for (int i = 1; i < points.Count; i++)
        {
            LayoutPoint from = points[i - 1], to = points[i];
            double third = (to.Y - from.Y) / 3;
            curve.Add(new LayoutPoint(from.X + (slopes[i - 1] * third), from.Y + third));
            curve.Add(new LayoutPoint(to.X - (slopes[i] * third), to.Y - third));
            curve.Add(to);
        }

        return curve.ToImmutable();
    }
}
