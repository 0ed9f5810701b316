namespace Plumb.Web.Live;

/// <summary>The figures of a service at one moment.</summary>
/// <param name="At">When.</param>
/// <param name="IsAnswered">Whether the service answered.</param>
public sealed record LiveSample(DateTimeOffset At, bool IsAnswered)
{
    /// <summary>What is known.</summary>
    public IReadOnlyDictionary<LiveFigure, double> Figures { get; init; } = new Dictionary<LiveFigure, double>();

    /// <summary>TCP connections by the name of their state.</summary>
    public IReadOnlyDictionary<string, double> Connections { get; init; } = new Dictionary<string, double>();
}
