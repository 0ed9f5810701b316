using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Plumb.Benchmarks.DotNet;

/// <summary>Requests for some seconds, and what came of them.</summary>
/// <param name="Failed">No answer, or another than 200.</param>
/// <param name="Late">Due, and not sent when the time was over, because all connections waited for answers.</param>
/// <param name="P99Millis">Of all of them.</param>
internal sealed partial record Load(long Requests, long Failed, long Late, double PerSecond, double P99Millis, double MaxMillis)
{
    private const int Connections = 8;

    /// <summary>As fast as eight connections get answers; by wrk, whose start and own work disturb least.</summary>
    public static async Task<Load> FullAsync(DotNetTools tools, Uri address, int seconds)
    {
        if (!File.Exists("/usr/bin/wrk"))
            return await StressAsync(tools, address, ["--for", $"{seconds}s"]).ConfigureAwait(false);
        string text = await OutputAsync("/usr/bin/wrk", ["-t1", $"-c{Connections}", $"-d{seconds}s", "--latency", address.AbsoluteUri]).ConfigureAwait(false);
        long failed = Failures().Matches(text).Sum(match => match.Groups[1].Captures.Sum(c => long.Parse(c.Value, CultureInfo.InvariantCulture)));
        return new Load(long.Parse(Total().Match(text).Groups[1].Value, CultureInfo.InvariantCulture), failed, 0, Number(Rate().Match(text), 1), Millis(Latency().Match(text)), 0);
    }

    /// <summary>So many a second.</summary>
    public static Task<Load> RateAsync(DotNetTools tools, Uri address, int rate, int seconds, CancellationToken stop = default) =>
        StressAsync(tools, address, ["--for", $"{seconds}s", "--rate", rate.ToString(CultureInfo.InvariantCulture)], stop);

    private static async Task<Load> StressAsync(DotNetTools tools, Uri address, string[] more, CancellationToken stop = default)
    {
        string text = await OutputAsync(
            tools.Plumb, ["stress", address.AbsoluteUri, "--connections", Connections.ToString(CultureInfo.InvariantCulture), "--json", "--quiet", .. more], stop).ConfigureAwait(false);
        using JsonDocument report = JsonDocument.Parse(text);
        JsonElement root = report.RootElement;
        JsonElement millis = root.GetProperty("latency").GetProperty("millis");
        return new Load(
            root.GetProperty("requests").GetInt64(), root.GetProperty("errors").GetInt64(), root.GetProperty("late").GetInt64(),
            root.GetProperty("perSecond").GetDouble(), millis.GetProperty("p99").GetDouble(), millis.GetProperty("max").GetDouble());
    }

    private static async Task<string> OutputAsync(string program, string[] arguments, CancellationToken stop = default)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(stop);
        string text = await process.StandardOutput.ReadToEndAsync(stop).ConfigureAwait(false);
        await process.WaitForExitAsync(stop).ConfigureAwait(false);
        return text.Length > 0 ? text : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await errors.ConfigureAwait(false)}");
    }

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static double Millis(Match match) => Number(match, 1) * match.Groups[2].Value switch { "us" => 1e-3, "s" => 1e3, _ => 1 };

    [GeneratedRegex(@"(\d+) requests in ")]
    private static partial Regex Total();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Latency();

    [GeneratedRegex(@"Socket errors:(?: \w+ (\d+),?)+|Non-2xx or 3xx responses: (\d+)")]
    private static partial Regex Failures();
}
