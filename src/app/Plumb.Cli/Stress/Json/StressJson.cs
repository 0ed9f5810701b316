using System.Globalization;
using System.Text.Json;
using Plumb.Collectors.Loading;

namespace Plumb.Cli.Stress.Json;

/// <summary>Writes what a load did in the format of <c>docs/formats/stress-json.md</c>.</summary>
internal static class StressJson
{
    private const int Schema = 1;

    private static readonly (string Name, LoadOutcome Outcome)[] s_kinds =
    [
        ("protocol", LoadOutcome.Protocol),
        ("refused", LoadOutcome.Refused),
        ("reset", LoadOutcome.Reset),
        ("status4xx", LoadOutcome.ClientError),
        ("status5xx", LoadOutcome.ServerError),
        ("timeout", LoadOutcome.Timeout),
        ("tls", LoadOutcome.Tls),
        ("tooLong", LoadOutcome.TooLong),
        ("unreachable", LoadOutcome.Unreachable),
    ];

    public static void Write(TextWriter output, StressOutcome outcome)
    {
        output.Write(JsonSerializer.Serialize(DocumentOf(outcome), StressJsonContext.Default.StressDocument));
        output.Write('\n');
    }

    private static StressDocument DocumentOf(StressOutcome outcome)
    {
        LoadReport report = outcome.Report;
        return new StressDocument
        {
            Schema = Schema,
            Passed = outcome.Passed,
            Interrupted = outcome.Interrupted,
            DurationSeconds = report.Elapsed.TotalSeconds,
            Requests = report.Ended,
            AskedPerSecond = outcome.Options.Rate,
            PerSecond = report.RatePerSecond,
            Late = report.Late,
            BytesReceived = report.BytesReceived,
            ConnectionsOpened = report.ConnectionsOpened,
            ClientCpuSeconds = outcome.ClientCpu.TotalSeconds,
            Latency = LatencyOf(outcome),
            Statuses = report.Statuses.OrderBy(one => one.Key).ToDictionary(one => one.Key.ToString(CultureInfo.InvariantCulture), one => one.Value),
            Errors = report.Errors,
            ErrorKinds = s_kinds.ToDictionary(kind => kind.Name, kind => report[kind.Outcome]),
            Mix = [.. report.Requests.Select(one => new RequestDocument(
                one.Name, one.Ended, one.Errors, one.Mean?.TotalMilliseconds, one.Slowest.TotalMilliseconds))],
            Notes = outcome.Notes,
        };
    }

    private static LatencyDocument? LatencyOf(StressOutcome outcome) => outcome.Report.Latencies.Count == 0 ? null : new LatencyDocument(
        outcome.Options.Rate is null ? "sent" : "due",
        StressText.Quantiles.ToDictionary(one => one.Name, one => outcome.Report.Latencies.Quantile(one.Share)!.Value.TotalMilliseconds));
}
