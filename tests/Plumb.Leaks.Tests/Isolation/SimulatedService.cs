using Plumb.Leaks.Isolation;

namespace Plumb.Leaks.Tests.Isolation;

/// <summary>A service whose routes leak by given rules, with the restlessness of a real one.</summary>
internal sealed class SimulatedService
{
    private const int RequestsPerRoute = 100;

    private readonly int _routes;
    private readonly IReadOnlyList<SimulatedLeak> _leaks;
    private readonly Random _random;
    private readonly double _noise;

    public SimulatedService(int routes, IReadOnlyList<SimulatedLeak> leaks, int seed, double noise = 1)
    {
        _routes = routes;
        _leaks = leaks;
        _random = new Random(seed);
        _noise = noise;
    }

    public int Rounds { get; private set; }

    /// <summary>Requests made in all rounds.</summary>
    public long Requests { get; private set; }

    public IsolationResult Isolate(int maxRounds = 500)
    {
        var isolation = new RouteIsolation(_routes, maxRounds);
        while (isolation.Next() is { } round)
        {
            Rounds++;
            int requests = RequestsPerRoute * round.Load;
            Requests += (long)requests * round.Routes.Count;
            isolation.Record(round, requests, [.. Readings(round, requests)]);
        }

        return isolation.Result();
    }

    private IEnumerable<SignalReading> Readings(IsolationRound round, int requests)
    {
        foreach (IGrouping<Signal, SimulatedLeak> leaks in _leaks.GroupBy(leak => leak.Signal))
        {
            double growth = leaks.Sum(leak => leak.Routes.All(round.Routes.Contains) ? Leaked(leak, requests) : 0);
            yield return new SignalReading(leaks.Key, growth + Wobble(), _noise, leaks.Key.Kind == SignalKind.HeapBytes ? 1024 : 1);
        }

        yield return new SignalReading(new Signal(SignalKind.Descriptors, ""), Wobble(), _noise, 1);
    }

    private double Leaked(SimulatedLeak leak, int requests)
    {
        double leaked = 0;
        for (int i = 0; i < requests; i++)
        {
            leaked += _random.NextDouble() < leak.Probability ? leak.Grain : 0;
        }

        return leaked;
    }

    // Mostly nothing, now and then a goroutine that comes or goes.
    private double Wobble() => Math.Round((_random.NextDouble() + _random.NextDouble() + _random.NextDouble() - 1.5) * 1.6 * _noise);
}

/// <param name="Routes">The routes that leak; several leak only when all are loaded.</param>
/// <param name="Signal">What is left behind.</param>
/// <param name="Probability">Leaks per request.</param>
/// <param name="Grain">What one leak adds.</param>
internal sealed record SimulatedLeak(IReadOnlyList<int> Routes, Signal Signal, double Probability = 1, double Grain = 1)
{
    public static SimulatedLeak Of(int route, string place = "main.leak", double probability = 1) =>
        new([route], new Signal(SignalKind.Goroutines, place), probability);
}
