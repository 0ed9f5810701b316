namespace Plumb.Benchmarks.Web;

/// <summary>Something that is measured of a browser view.</summary>
/// <param name="Name">As it is kept.</param>
/// <param name="What">As it is printed.</param>
/// <param name="Aim">What it should be; empty when nothing is aimed at.</param>
/// <param name="Format">How a value is written.</param>
internal sealed record WebFigure(string Name, string What, string Aim = "", string Format = "F0")
{
    public static WebFigure Listen { get; } = new("listen", "listens after, s", Format: "F2");

    public static WebFigure Paint { get; } = new("paint", "first picture after that, s", "≤ 1.5", "F2");

    /// <summary>Of the server and the browser together: what other programs on the machine lengthen far less than what a clock says.</summary>
    public static WebFigure PaintWork { get; } = new("paint-work", "CPU for the first picture, server and browser, s", Format: "F2");

    public static WebFigure FlameSent { get; } = new("flame-sent", "flame graph, sent, MB", "≤ 2", "F2");

    public static WebFigure Sent { get; } = new("sent", "page and flame graph, sent, MB", Format: "F2");

    public static WebFigure PaintCpu { get; } = new("paint-cpu", "CPU of the server until then, s", Format: "F1");

    public static WebFigure PaintPeak { get; } = new("paint-peak", "most memory of the server until then, MB", "≤ 1/5");

    public static WebFigure Focus { get; } = new("focus", "focus on a function, ms, median", "≤ 300");

    public static WebFigure FocusWork { get; } = new("focus-work", "CPU for it, server and browser, ms, mean");

    public static WebFigure FinestPaint { get; } = new("finest-paint", "all branches after, s", Format: "F2");

    public static WebFigure Cpu { get; } = new("cpu", "CPU of the server in all, s", Format: "F1");

    public static WebFigure Peak { get; } = new("peak", "most memory of the server in all, MB", "≤ 1/5");

    public static FrameFigures Frames { get; } = new("frame", "zoom and scroll");

    public static FrameFigures FinestFrames { get; } = new("finest-frame", "zoom and scroll, all branches");

    public static FrameFigures EmptyFrames { get; } = new("empty-frame", "an empty canvas");

    /// <summary>In the order in which they are printed.</summary>
    public static IReadOnlyList<WebFigure> All { get; } =
    [
        Listen, Paint, PaintWork, FlameSent, Sent, PaintCpu, PaintPeak, Focus, FocusWork, .. Frames.All, FinestPaint, .. FinestFrames.All, .. EmptyFrames.All, Cpu, Peak,
    ];
}
