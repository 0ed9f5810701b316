using System.Globalization;
using Plumb.Cli.Leaks;
using Plumb.Cli.Pprof.Sources;
using Plumb.Collectors.Targets;

namespace Plumb.Cli.Processes;

/// <summary>Takes one profile and writes it.</summary>
internal sealed class CollectRun(CollectOptions options)
{
    private const string StandardOutput = "-";
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    /// <exception cref="LeaksException">There is no such profile of that process; the message says why.</exception>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        try
        {
            await using ProcessTarget process = await ProcessTarget.AttachAsync("collect", options.Pid, stop).ConfigureAwait(false);
            ReadOnlyMemory<byte> bytes = await TakeAsync(process, stop).ConfigureAwait(false);
            Write(bytes.Span);
            return ExitCodes.NoLeak;
        }
        catch (OperationCanceledException)
        {
            throw new LeaksException("stopped: nothing was written");
        }
    }

    private async Task<ReadOnlyMemory<byte>> TakeAsync(ProcessTarget process, CancellationToken stop)
    {
        CollectKind kind = options.Kind;
        TimeSpan time = options.For ?? kind.Default ?? TimeSpan.Zero;
        using HttpTarget target = HttpTarget.At(process.Address, TargetLimits.Default with { Deadline = time + Grace }, TimeProvider.System);
        if (kind.NeedsSamples && process is { HasAgent: true, WasSampling: false })
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"allocations are seen from now on, for {time.TotalSeconds:0.###} s; 'plumb collect types' has all that lives, by type"));
            await Task.Delay(time, stop).ConfigureAwait(false);
        }

        // What lives is asked for once; its change is what an endpoint gives for a time.
        if (kind.NeedsSamples)
            time = TimeSpan.Zero;

        return await target.FetchAsync(Query(kind, time), stop).ConfigureAwait(false) switch
        {
            FetchedBody body => body.Bytes,
            ErrorStatus { Excerpt.Length: > 0 } refused => throw new LeaksException($"no {kind.Name}: {refused.Excerpt}"),
            FetchFailure failure => throw new LeaksException($"no {kind.Name}: {failure.Problem}"),
            _ => throw new InvalidOperationException(),
        };
    }

    private string Query(CollectKind kind, TimeSpan time)
    {
        var parameters = new List<string>();
        if (time > TimeSpan.Zero)
            parameters.Add(string.Create(CultureInfo.InvariantCulture, $"seconds={Math.Ceiling(time.TotalSeconds):0}"));
        if (options.CollectsGarbage)
            parameters.Add("gc=1");
        if (options.AsText)
            parameters.Add("debug=1");
        return parameters.Count == 0 ? kind.Endpoint : $"{kind.Endpoint}?{string.Join('&', parameters)}";
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (options.Output == StandardOutput)
        {
            using Stream output = Console.OpenStandardOutput();
            output.Write(bytes);
            return;
        }

        try
        {
            string suffix = options.AsText ? ".txt" : options.Kind.Suffix;
            using FileStream file = options.Output is { } path
                ? new FileStream(path, FileMode.Create, FileAccess.Write)
                : SavedProfiles.Create(Environment.CurrentDirectory, string.Create(CultureInfo.InvariantCulture, $"process-{options.Pid}.{options.Kind.Name}."), suffix);
            file.Write(bytes);
            Say($"wrote {file.Name}");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new LeaksException($"the profile cannot be written: {failed.Message}");
        }
    }

    private void Say(string text)
    {
        if (!options.Quiet)
            ProcessTarget.Say("collect", text);
    }
}
