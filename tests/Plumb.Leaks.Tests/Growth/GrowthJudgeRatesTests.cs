using System.Globalization;
using Plumb.Leaks.Growth;
using Xunit.Abstractions;

namespace Plumb.Leaks.Tests.Growth;

/// <summary>The error rates that the product claims, measured on drawn series; the table goes to the test's output.</summary>
public sealed class GrowthJudgeRatesTests(ITestOutputHelper output)
{
    private const int Draws = 100;

    [Theory]
    [InlineData(6, 0.01, 0.45)]
    [InlineData(8, 0.01, 0.60)]
    [InlineData(12, 0.01, 0.85)]
    [InlineData(20, 0.01, 0.90)]
    [InlineData(40, 0.01, 0.92)]
    public void Healthy_shapes_are_hardly_ever_called_leaks_and_leaks_mostly_are(int points, double mostFalse, double leastRecall)
    {
        var flagged = Rate(Simulator.Healthy, points);
        var found = Rate(Simulator.Leaking, points);

        Assert.InRange(flagged, 0, mostFalse);
        Assert.InRange(found, leastRecall, 1);
    }

    private double Rate(IReadOnlyDictionary<string, Func<Simulator, int, SimulatedSeries>> shapes, int points)
    {
        var grows = 0;
        foreach (var (name, draw) in shapes)
        {
            var counts = new int[4];
            for (var seed = 0; seed < Draws; seed++)
            {
                var drawn = draw(new Simulator(seed * 7919 + points), points);
                counts[(int)GrowthJudge.Judge([drawn.Series], drawn.Timeline)[0].Verdict]++;
            }

            grows += counts[(int)GrowthVerdict.Grows];
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"n={points,2} {name,-32} grows {counts[3],3} suspicious {counts[2],3} inconclusive {counts[1],3} flat {counts[0],3}"));
        }

        return (double)grows / (Draws * shapes.Count);
    }
}
