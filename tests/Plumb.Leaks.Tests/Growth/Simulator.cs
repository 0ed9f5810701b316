using Plumb.Leaks.Growth;

namespace Plumb.Leaks.Tests.Growth;

/// <summary>
/// Draws series in the shapes that healthy and leaking services leave behind, at about 20 requests/s, one point every 5 s.
/// Everything comes from the seed.
/// </summary>
internal sealed class Simulator(int seed)
{
    private const double Interval = 5;
    private const double BaseRate = 20;
    private const double MiB = 1024 * 1024;

    private readonly Random _random = new(seed);

    public static IReadOnlyDictionary<string, Func<Simulator, int, SimulatedSeries>> Healthy { get; } =
        new Dictionary<string, Func<Simulator, int, SimulatedSeries>>
        {
            ["goroutines in flight"] = (s, n) => s.Counts(n, (_, _) => s.Poisson(30)),
            ["few goroutines in flight"] = (s, n) => s.Counts(n, (_, _) => s.Poisson(2)),
            ["noisy heap"] = (s, n) => s.Bytes(n, (_, _) => 100 * MiB + s.Normal(5 * MiB)),
            ["sampled heap"] = (s, n) => s.Sampled(n, s.Exchanging(25, 1, 1)),
            ["sampled cache that is full"] = (s, n) => s.Sampled(n, s.Exchanging(60, 0.15, 1)),
            ["sampled cache that fills"] = (s, n) => s.Sampled(n, s.Exchanging(45, 0.2, 0.3 * n)),
            ["sampled cache that fills, nothing exchanged"] = (s, n) => s.Sampled(n, s.Filling(30, 0.45 * n)),
            ["small sampled cache that fills"] = (s, n) => s.Sampled(n, s.Filling(12, 0.4 * n)),
            ["correlated heap"] = (s, n) => s.Bytes(n, s.AutoRegressive(0.7, 2 * MiB, 100 * MiB)),
            ["collector sawtooth"] = (s, n) => s.Bytes(n, s.Sawtooth(50 * MiB, 60 * MiB, 3 + s._random.Next(5))),
            ["cache that fills"] = (s, n) => s.Bytes(n, s.Saturating(n, 40 * MiB, 80 * MiB, 0.1 + 0.12 * s.Uniform(), 0.5 * MiB)),
            ["pool that warms up"] = (s, n) => s.Counts(n, s.PoolWarmUp(n)),
            ["small pool, hired when needed"] = (s, n) => s.Counts(n, s.Hiring(8, 0.3 * n)),
            ["one step"] = (s, n) => s.Bytes(n, s.Step(n)),
            ["a burst"] = (s, n) => s.Counts(n, s.Burst(n)),
            ["traffic by the hour"] = (s, n) => s.Traffic(n, s.Diurnal(n), 2, perRequest: 0),
            ["traffic ramp"] = (s, n) => s.Traffic(n, (i, _) => BaseRate * (0.3 + 1.4 * i / n), 2, perRequest: 0),
            ["uneven traffic"] = (s, n) => s.Traffic(n, (_, _) => BaseRate * (0.4 + 1.2 * s.Uniform()), 2, perRequest: 0),
        };

    public static IReadOnlyDictionary<string, Func<Simulator, int, SimulatedSeries>> Leaking { get; } =
        new Dictionary<string, Func<Simulator, int, SimulatedSeries>>
        {
            ["one goroutine a request"] = (s, n) => s.Traffic(n, s.SteadyRate(), 0.2, perRequest: 1),
            ["one in ten"] = (s, n) => s.Traffic(n, s.SteadyRate(), 0.2, perRequest: 0.1),
            ["one in a hundred"] = (s, n) => s.Traffic(n, s.SteadyRate(), 0, perRequest: 0.01),
            ["uneven load"] = (s, n) => s.Traffic(n, (_, _) => BaseRate * (0.4 + 1.2 * s.Uniform()), 0.2, perRequest: 0.5),
            ["noise a fifth of the growth"] = (s, n) => s.Bytes(n, (i, _) => 60 * MiB + 40 * MiB * i / n + s.Normal(8 * MiB)),
            ["sampled heap"] = (s, n) => s.Sampled(n, s.Accumulating(4)),
            ["slow sampled heap"] = (s, n) => s.Sampled(n, s.Accumulating(1.5)),
            ["one a point"] = (s, n) => s.Counts(n, (i, _) => i),
            ["stuck now and then"] = (s, n) => s.Stuck(n, s.Accumulating(0.8)),
            ["stuck in bursts"] = (s, n) => s.Stuck(n, s.Bursting(0.6, 5)),
            ["late start"] = (s, n) => s.Counts(n, s.LateStart(n)),
            ["a job every four points"] = (s, n) => s.Counts(n, (i, _) => 5 + 30 * ((i + 1) / 4)),
            ["warm-up, then a leak"] = (s, n) => s.Bytes(n, s.WarmUpThenLeak(n)),
            ["leak under a collector's teeth"] = (s, n) => s.Bytes(n, s.LeakingSawtooth(n)),
        };

    private SimulatedSeries Counts(int n, Func<int, double, double> value) =>
        Make(n, GrowthQuantity.Goroutines, i => Math.Round(value(i, i * Interval)), null, (_, _) => BaseRate * (0.97 + 0.06 * Uniform()));

    private SimulatedSeries Bytes(int n, Func<int, double, double> value) =>
        Make(n, GrowthQuantity.HeapBytes, i => value(i, i * Interval), null, (_, _) => BaseRate * (0.97 + 0.06 * Uniform()));

    private SimulatedSeries Stuck(int n, Func<int, (double Live, double)> members)
    {
        var drawn = Counts(n, (i, _) => members(i).Live);
        return drawn with { Series = drawn.Series with { IsStuck = true } };
    }

    private SimulatedSeries Sampled(int n, Func<int, (double Live, double Ever)> samples)
    {
        var drawn = Enumerable.Range(0, n).Select(samples).ToArray();
        double[] raw = [.. drawn.Select(d => d.Live)];
        var series = Make(n, GrowthQuantity.HeapBytes, i => raw[i] * HeapSampling.DefaultRate, raw, SteadyRate());
        return series with { Series = series.Series with { AllocatedSamples = [.. drawn.Select(d => d.Ever)] } };
    }

    // In flight by Little's law (rate × seconds) plus what every request leaves behind.
    private SimulatedSeries Traffic(int n, Func<int, double, double> rate, double secondsEach, double perRequest)
    {
        var rates = new double[n];
        for (var i = 0; i < n; i++) rates[i] = rate(i, i * Interval);
        var left = 0;
        return Make(
            n,
            GrowthQuantity.Goroutines,
            i =>
            {
                if (i > 0) left += Poisson(rates[i] * Interval * perRequest);
                return left + Poisson(rates[i] * secondsEach);
            },
            null,
            (i, _) => rates[i]);
    }

    private static SimulatedSeries Make(int n, GrowthQuantity quantity, Func<int, double> value, double[]? raw, Func<int, double, double> rate)
    {
        var seconds = new double[n];
        var requests = new double[n];
        var values = new double[n];
        for (var i = 0; i < n; i++)
        {
            seconds[i] = i * Interval;
            requests[i] = i == 0 ? 100 : requests[i - 1] + Math.Round(rate(i, seconds[i]) * Interval);
            values[i] = value(i);
        }

        return new SimulatedSeries(
            new GrowthSeries { Quantity = quantity, Values = values, RawSamples = raw },
            LoadTimeline.From(seconds, requests));
    }

    private Func<int, double, double> SteadyRate() => (_, _) => BaseRate * (0.97 + 0.06 * Uniform());

    private Func<int, double, double> Diurnal(int n)
    {
        var phase = Uniform() * 2 * Math.PI;
        return (i, _) => BaseRate * (1 + 0.6 * Math.Sin(phase + 2 * Math.PI * i / n));
    }

    private Func<int, double, double> AutoRegressive(double rho, double sigma, double mean)
    {
        var state = Normal(sigma / Math.Sqrt(1 - rho * rho));
        return (_, _) => mean + (state = rho * state + Normal(sigma));
    }

    private Func<int, double, double> Sawtooth(double floor, double tooth, int period)
    {
        var phase = _random.Next(period);
        return (i, _) => floor + tooth * ((i + phase) % period) / period + Normal(MiB);
    }

    private Func<int, double, double> LeakingSawtooth(int n)
    {
        var tooth = Sawtooth(50 * MiB, 10 * MiB, 3);
        return (i, t) => tooth(i, t) + 60 * MiB * i / n;
    }

    private Func<int, double, double> Saturating(int n, double from, double by, double share, double noise) =>
        (i, _) => from + by * (1 - Math.Exp(-i / (share * n))) + Normal(noise);

    private Func<int, double, double> PoolWarmUp(int n)
    {
        var full = n * (0.15 + 0.25 * Uniform());
        return (i, _) => Math.Min(1, i / full) * 40 + Poisson(1);
    }

    private Func<int, double, double> Step(int n)
    {
        var at = 1 + _random.Next(n - 2);
        return (i, _) => (i < at ? 50 : 90) * MiB + Normal(MiB);
    }

    private Func<int, double, double> Burst(int n)
    {
        var center = n * (0.2 + 0.6 * Uniform());
        var width = n * (0.05 + 0.1 * Uniform());
        return (i, _) => 20 + 200 * Math.Exp(-(i - center) * (i - center) / (2 * width * width)) + Poisson(4);
    }

    private Func<int, double, double> LateStart(int n)
    {
        var start = n * (0.2 + 0.2 * Uniform());
        return (i, _) => 10 + Poisson(1) + (i > start ? (i - start) * 15 : 0);
    }

    private Func<int, double, double> WarmUpThenLeak(int n) =>
        (i, _) => 20 * MiB * (1 - Math.Exp(-i / (0.08 * n))) + 60 * MiB * i / n + Normal(MiB);

    private Func<int, (double Live, double Ever)> Accumulating(double perPoint)
    {
        double total = Poisson(4);
        return i => (total += i == 0 ? 0 : Poisson(perPoint), total);
    }

    // Each event leaves several behind at once.
    private Func<int, (double Live, double Ever)> Bursting(double perPoint, int size)
    {
        double total = 0;
        return i => (total += i == 0 ? 0 : size * Poisson(perPoint), total);
    }

    private Func<int, (double Live, double Ever)> Filling(double size, double full)
    {
        double total = 0;
        return i => (total += i < full ? Poisson(size / full) : 0, total);
    }

    // Workers are hired when all others are busy, and stay; the fuller the pool, the more seldom.
    private Func<int, double, double> Hiring(int size, double pace)
    {
        var workers = 1;
        return (_, _) =>
        {
            for (var place = workers; place < size; place++) workers += Uniform() < 1 / pace ? 1 : 0;
            return workers;
        };
    }

    // Every point a share of the entries is replaced by others, sampled or not by luck.
    private Func<int, (double Live, double Ever)> Exchanging(double level, double share, double full)
    {
        double kept = 0, ever = 0;
        return i =>
        {
            var room = level * Math.Min(1, (i + 1) / full);
            var stay = 0;
            for (var sample = 0; sample < kept; sample++) stay += Uniform() > share ? 1 : 0;
            var come = Poisson(Math.Max(0, room - (1 - share) * Math.Min(kept, room)));
            ever += come;
            return (kept = stay + come, ever);
        };
    }

    private double Uniform() => _random.NextDouble();

    private double Normal(double sigma) =>
        sigma * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private int Poisson(double mean)
    {
        if (mean > 50) return Math.Max(0, (int)Math.Round(mean + Normal(Math.Sqrt(mean))));
        var limit = Math.Exp(-mean);
        var product = _random.NextDouble();
        var count = 0;
        while (product > limit)
        {
            product *= _random.NextDouble();
            count++;
        }

        return count;
    }
}
