namespace Plumb.Leaks.Growth;

/// <summary>How a series depends on the work done.</summary>
/// <param name="PerRate">What one request per second holds while it is served: traffic, not a leak.</param>
/// <param name="PerRequest">What each request leaves behind; null when requests were not counted or none came.</param>
/// <param name="RateVariation">Standard deviation of the rate over its mean; 0 when unknown.</param>
/// <param name="IsSeparable">Whether rate and work done could be told apart in this series.</param>
public sealed record LoadFit(double PerRate, double? PerRequest, double RateVariation, bool IsSeparable);
