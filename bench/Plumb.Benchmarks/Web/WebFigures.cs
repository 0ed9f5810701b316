namespace Plumb.Benchmarks.Web;

/// <summary>What a browser view costs, and how it feels. What could not be measured is null.</summary>
internal sealed record WebFigures
{
    /// <summary>From the start of the program until it listens.</summary>
    public double? SecondsToListen { get; init; }

    /// <summary>From then until the picture is on the screen.</summary>
    public double? SecondsToPaint { get; init; }

    /// <summary>What went over the wire until then.</summary>
    public double? PayloadMegabytes { get; init; }

    /// <summary>From asking for one function's samples until they are on the screen; the median of a few.</summary>
    public double? FocusMilliseconds { get; init; }

    /// <summary>CPU time of the server until all of this was done.</summary>
    public double? CpuSeconds { get; init; }

    /// <summary>Most memory of the server.</summary>
    public double? PeakMegabytes { get; init; }

    /// <summary>While zooming and scrolling the finest picture there is.</summary>
    public FrameTimes? Frames { get; init; }

    /// <summary>Why something could not be measured.</summary>
    public string? Note { get; init; }
}

/// <summary>Milliseconds that drawing a frame took, and from one frame to the next.</summary>
internal sealed record FrameTimes(int Boxes, double DrawP50, double DrawP95, double DrawMax, double GapP50, double GapP95, double GapMax);
