using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Progress;
using Plumb.Leaks.Comparison;
using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Compare;

/// <summary>From options to a comparison: reads or takes both series, at the same time, and has them compared.</summary>
internal sealed class CompareRun
{
    private readonly CompareOptions _options;
    private readonly Func<string, IProgressDisplay> _progress;
    private readonly TimeProvider _time;

    /// <param name="options">What to compare.</param>
    /// <param name="progress">Makes the display of the side of that name.</param>
    /// <param name="time">The clock.</param>
    public CompareRun(CompareOptions options, Func<string, IProgressDisplay> progress, TimeProvider time)
    {
        _options = options;
        _progress = progress;
        _time = time;
    }

    /// <summary>Being stopped is no error: what was seen until then is compared.</summary>
    /// <exception cref="LeaksException">There is nothing to compare; the message says why.</exception>
    public async Task<CompareOutcome> RunAsync(CancellationToken stop)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop);
        // Together, so that the hour, the neighbours and the load are the same for both.
        LeaksOutcome[] sides = await Task.WhenAll(TakeAsync("old", _options.Old, both), TakeAsync("new", _options.New, both)).ConfigureAwait(false);
        ComparisonOptions options = ComparisonOptions.Default with { Tolerance = _options.Tolerance, CpuTolerance = Math.Max(_options.Tolerance, ComparisonOptions.Default.CpuTolerance), MainModule = _options.New.MainModule };
        if (sides.Any(side => side.Series!.Count < 2))
        {
            throw new LeaksException("one of the two has a single snapshot: there is no growth to compare");
        }

        SeriesComparison comparison = SeriesComparer.Compare(sides[0].Series!, sides[1].Series!, sides[0].Diagnosis, sides[1].Diagnosis, options);
        return new CompareOutcome(sides[0].Target, sides[1].Target, comparison) { LoadOfOld = sides[0].Load, LoadOfNew = sides[1].Load };
    }

    private async Task<LeaksOutcome> TakeAsync(string side, LeaksOptions options, CancellationTokenSource both)
    {
        using IProgressDisplay progress = _progress(side);
        try
        {
            return await new LeaksRun(options, LeakFinder.Find, progress, _time).RunAsync(both.Token).ConfigureAwait(false);
        }
        catch (LeaksException failed)
        {
            // Without this one there is nothing to compare the other with.
            await both.CancelAsync().ConfigureAwait(false);
            throw new LeaksException($"{side}: {failed.Message}", failed.Advice);
        }
    }
}
