using System.Globalization;

namespace Plumb.Benchmarks.DotNet;

/// <summary>How true the profiles of a .NET service are, what they cost it, and whether it survives them.</summary>
internal static class DotNetBench
{
    private static readonly string[] Parts = ["accuracy", "overhead", "pause", "soak"];

    /// <param name="root">The checkout.</param>
    /// <param name="only">Parts; all but the soak when none is named.</param>
    public static async Task<int> RunAsync(string root, History history, string[] only)
    {
        if (only.FirstOrDefault(name => !Parts.Contains(name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"bench dotnet: {unknown} is none of {string.Join(", ", Parts)}").ConfigureAwait(false);
            return 2;
        }

        var tools = DotNetTools.Find(root);
        var plumb = Peer.Plumb(tools.Plumb);
        string[] parts = only.Length == 0 ? Parts[..^1] : only;
        Machine machine = Machine.This();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Machine: {machine.Cores} cores of {machine.Processor}, {machine.MemoryGigabytes} GB, {machine.Runtime}; load average {machine.LoadAverage:F1}. Medians; in brackets where they lie in 19 of 20 cases."));
        if (parts.Contains("accuracy"))
            await AccuracyBench.RunAsync(tools, history, plumb, Number("PLUMB_BENCH_TURNS", 10)).ConfigureAwait(false);
        if (parts.Contains("overhead"))
            await OverheadBench.RunAsync(tools, history, plumb, Number("PLUMB_BENCH_TURNS", 12)).ConfigureAwait(false);
        if (parts.Contains("pause"))
            await PauseBench.RunAsync(tools, history, plumb, Number("PLUMB_BENCH_TURNS", 7)).ConfigureAwait(false);
        return parts.Contains("soak") ? await SoakBench.RunAsync(tools, history, plumb, Number("PLUMB_BENCH_MINUTES", 30)).ConfigureAwait(false) : 0;
    }

    private static int Number(string variable, int usual) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int value) && value > 0 ? value : usual;
}
