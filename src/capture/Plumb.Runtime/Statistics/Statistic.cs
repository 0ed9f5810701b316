namespace Plumb.Runtime.Statistics;

/// <param name="Name">As Prometheus writes it; counters end in <c>_total</c>.</param>
/// <param name="Label">A label with its value, such as <c>generation="2"</c>; empty for none.</param>
public sealed record Statistic(string Name, string Help, double Value, string Label = "")
{
    public bool IsCounter => Name.EndsWith("_total", StringComparison.Ordinal);
}
