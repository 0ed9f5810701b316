namespace Plumb.Collectors.Recording;

/// <summary>Tells figures of the service from outside its profiles: from the operating system, its metrics page, the load.</summary>
public interface IMetricsSource
{
    /// <summary>The figures now; never throws for what the service does or has become.</summary>
    Task<MetricsReading> ReadAsync(CancellationToken cancellationToken);
}
