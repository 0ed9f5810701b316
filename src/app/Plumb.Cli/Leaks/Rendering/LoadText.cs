using System.Globalization;
using Plumb.Collectors.Loading;

namespace Plumb.Cli.Leaks.Rendering;

/// <summary>What a load did, in a line.</summary>
internal static class LoadText
{
    private static readonly (LoadOutcome Outcome, string Name)[] s_errors =
    [
        (LoadOutcome.ClientError, "status 4xx"),
        (LoadOutcome.ServerError, "status 5xx"),
        (LoadOutcome.Timeout, "timed out"),
        (LoadOutcome.Refused, "refused"),
        (LoadOutcome.Unreachable, "unreachable"),
        (LoadOutcome.Tls, "without TLS"),
        (LoadOutcome.Reset, "broken off"),
        (LoadOutcome.Protocol, "not HTTP"),
        (LoadOutcome.TooLong, "too long"),
    ];

    public static string Of(LoadReport load)
    {
        LatencyHistogram latencies = load.Latencies;
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Quantity.Count(load.Ended)} requests · {load.RatePerSecond:0.0} a second · p50 {Quantity.Milliseconds(latencies.Quantile(0.5))}"
            + $" · p95 {Quantity.Milliseconds(latencies.Quantile(0.95))} · p99 {Quantity.Milliseconds(latencies.Quantile(0.99))} · {Errors(load)}");
        // One or two are always just due when the load ends.
        return load.Late * 100 > load.Ended ? $"{text} · {Quantity.Count(load.Late)} not sent in time" : text;
    }

    public static string Errors(LoadReport load)
    {
        IEnumerable<string> kinds = s_errors.Where(error => load[error.Outcome] > 0).Select(error => $"{Quantity.Count(load[error.Outcome])} {error.Name}");
        string text = string.Join(", ", kinds);
        return text.Length == 0 ? "no errors" : text;
    }
}
