using System.Globalization;

namespace Plumb.Benchmarks.DotNet;

/// <summary>A way in which the service is looked at while it works: what is compared.</summary>
/// <param name="Aim">The most that it may cost, in percent; null for what is no promise of ours.</param>
/// <param name="BeginAsync">Begins it, and ends it when its result is disposed of. Takes the seconds for which the load goes on.</param>
internal sealed record Way(string Name, string What, double? Aim, Func<BenchService, int, Task<IAsyncDisposable>> BeginAsync)
{
    private static readonly TimeSpan Start = TimeSpan.FromMilliseconds(800);
    private const int Beyond = 3;

    public static Way Nothing { get; } = new("nothing", "not looked at", null, (_, _) => Task.FromResult<IAsyncDisposable>(new Ending(() => Task.CompletedTask)));

    /// <summary>The same as nothing: how far two measurements of the same thing differ.</summary>
    public static Way NothingAgain { get; } = Nothing with { Name = "again", What = "not looked at, again: the noise" };

    /// <param name="aim">In percent.</param>
    public static Way Heap(double aim) => new("heap", "heap sampled all the time", aim, async (service, _) =>
    {
        await service.SampleAsync(on: true).ConfigureAwait(false);
        return new Ending(() => service.SampleAsync(on: false));
    });

    public static Way Cpu(double aim) => new("cpu", "CPU profile running", aim, async (service, seconds) =>
    {
        Task<int> capture = service.StatusAsync(string.Create(CultureInfo.InvariantCulture, $"/debug/pprof/profile?seconds={seconds + Beyond}"));
        await Task.Delay(Start).ConfigureAwait(false);
        return new Ending(async () =>
        {
            if (await capture.ConfigureAwait(false) is not 200 and var status)
                throw new InvalidOperationException($"the CPU profile: {status}");
        });
    });

    public static Way TraceOfHeap(string tool) => Trace(tool, "trace-heap", "dotnet-trace, gc-verbose", "--profile", "gc-verbose");

    public static Way TraceOfCpu(string tool) => Trace(tool, "trace-cpu", "dotnet-trace, its CPU sampler", "--profile", "dotnet-common,dotnet-sampled-thread-time");

    private static Way Trace(string tool, string name, string what, params string[] options) => new(name, what, null, async (service, _) =>
    {
        TraceTool trace = await TraceTool.StartAsync(tool, service.Id, options).ConfigureAwait(false);
        await Task.Delay(Start).ConfigureAwait(false);
        return trace;
    });

    private sealed class Ending(Func<Task> end) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await end().ConfigureAwait(false);
    }
}
