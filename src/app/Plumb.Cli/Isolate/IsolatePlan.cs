using System.Globalization;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Leaks.Isolation;

namespace Plumb.Cli.Isolate;

/// <summary>What is going to be done, and about how long it takes.</summary>
internal sealed class IsolatePlan
{
    /// <summary>Snapshots within the round of a single route: enough for the leak finder to judge a series.</summary>
    public const int Slices = 8;

    /// <summary>So many more, again and again, while it cannot tell.</summary>
    public const int MoreSlices = 4;

    /// <summary>After so many it is left at "not known".</summary>
    public const int MostSlices = 20;

    private const int IdleSnapshots = 4;
    private static readonly TimeSpan s_snapshot = TimeSpan.FromMilliseconds(500);

    private readonly int _routes;
    private readonly IsolateOptions _options;

    public IsolatePlan(int routes, IsolateOptions options)
    {
        _routes = routes;
        _options = options;
    }

    public TimeSpan Expected(int leaking)
    {
        double requests = (double)_options.Requests * _routes * (leaking == 0 ? 4 : 5);
        requests += (double)_options.Requests * leaking * 2;
        int snapshots = IdleSnapshots + RouteIsolation.ExpectedRounds(_routes, leaking) + (leaking * (Slices + MoreSlices));
        return TimeSpan.FromSeconds(requests / _options.Rate) + (s_snapshot * snapshots);
    }

    public IEnumerable<string> Lines()
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{_routes} routes, {_options.Requests} requests to each in a round, {_options.Rate:0.##} a second; then the service comes to rest and is measured");
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"about {Time(0)} when none leaks, {Time(1)} ({RouteIsolation.ExpectedRounds(_routes, 1)} rounds) when one does, {Time(3)} for three; at most {_options.MaxRounds} rounds");
    }

    private string Time(int leaking) => Quantity.Duration(TimeSpan.FromSeconds(Math.Ceiling(Expected(Math.Min(leaking, _routes)).TotalSeconds)));
}
