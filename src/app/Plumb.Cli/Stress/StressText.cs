using System.Globalization;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Collectors.Loading;

namespace Plumb.Cli.Stress;

/// <summary>Writes what a load did for a person to read. With <see cref="Palette.None"/> it is plain text.</summary>
internal sealed class StressText
{
    private const int MaxRequests = 10;
    private const int BarWidth = 30;
    private const int NameWidth = 60;

    /// <summary>The shares that are told, with their names; 1 is the slowest.</summary>
    public static readonly (string Name, double Share)[] Quantiles =
        [("p50", 0.5), ("p75", 0.75), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99), ("p99.9", 0.999), ("p99.99", 0.9999), ("max", 1)];

    private readonly TextWriter _out;
    private readonly Palette _palette;

    public StressText(TextWriter output, Palette palette)
    {
        _out = output;
        _palette = palette;
    }

    public void Write(StressOutcome outcome)
    {
        LoadReport report = outcome.Report;
        WriteVerdict(outcome);
        WriteRate(outcome);
        WriteLatencies(outcome);
        WriteAnswers(report, outcome.Options.Http2);
        WriteRequests(report);
        foreach (string note in outcome.Notes)
        {
            Line($"{_palette.Yellow}note{_palette.Reset}  {Ellipsis.End(note, 200)}");
        }
    }

    private void WriteVerdict(StressOutcome outcome)
    {
        LoadReport report = outcome.Report;
        string ended = $"{Quantity.Count(report.Ended)} requests in {Quantity.Duration(report.Elapsed)}{(outcome.Interrupted ? ", interrupted" : "")}";
        string errors = report.Ended == 0 ? "none ended"
            : report.Errors == 0 ? "no errors"
            : string.Create(CultureInfo.InvariantCulture, $"{Quantity.Count(report.Errors)} failed ({outcome.ErrorPercent:0.##} %)");
        string colour = outcome.Passed ? _palette.Green : _palette.Red;
        Line($"{_palette.Bold}{ended}{_palette.Reset}, {colour}{errors}{_palette.Reset}");
        Line();
    }

    private void WriteRate(StressOutcome outcome)
    {
        LoadReport report = outcome.Report;
        string asked = outcome.Options.Rate is { } rate ? string.Create(CultureInfo.InvariantCulture, $" of {rate:#,0.##} asked for") : "";
        Head("rate", string.Create(CultureInfo.InvariantCulture, $"{report.RatePerSecond:#,0.0} requests/s{asked}, {Quantity.Bytes(report.BytesReceived / Math.Max(report.Elapsed.TotalSeconds, 1e-9))}/s received"));
        if (report.Late * 100 > report.Ended)
        {
            Head("", $"{_palette.Yellow}{Quantity.Count(report.Late)} were due and not sent: all connections were busy{_palette.Reset}");
        }

        double cores = outcome.ClientCpu / report.Elapsed;
        string cpu = double.IsFinite(cores) && report.Ended > 0
            ? string.Create(CultureInfo.InvariantCulture, $", {cores:0.00} cores, {outcome.ClientCpu.TotalMicroseconds / report.Ended:0.0} µs of CPU a request")
            : "";
        Head("load", $"{Quantity.Count(report.ConnectionsOpened)} connections opened{cpu}");
        Line();
    }

    private void WriteLatencies(StressOutcome outcome)
    {
        LatencyHistogram latencies = outcome.Report.Latencies;
        if (latencies.Quantile(1) is not { } slowest)
        {
            return;
        }

        string from = outcome.Options.Rate is null ? "from when each was sent: without --rate nobody waits for a turn" : "from when each was due";
        Line($"{_palette.Dim}latency, {from}{_palette.Reset}");
        foreach ((string name, double share) in Quantiles)
        {
            // Of a hundred requests one in a thousand is none.
            if (share < 1 && (1 - share) * latencies.Count < 1 - 1e-9)
            {
                continue;
            }

            TimeSpan latency = latencies.Quantile(share)!.Value;
            // By the logarithm: the tail is what is looked for, and it would leave nothing of the rest.
            double length = BarWidth * Math.Log(1 + latency.TotalMicroseconds) / Math.Log(1 + slowest.TotalMicroseconds);
            Line($"  {name,-7} {Quantity.Milliseconds(latency),10}  {_palette.Blue}{new string('▪', Math.Max(1, (int)Math.Round(length)))}{_palette.Reset}");
        }

        Line();
    }

    private void WriteAnswers(LoadReport report, bool isHttp2)
    {
        string statuses = string.Join(" · ", report.Statuses.OrderBy(one => one.Key)
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key}: {Quantity.Count(one.Value)}")));
        if (statuses.Length > 0)
        {
            Head("status", statuses);
        }

        if (report.Errors > 0)
        {
            Head("errors", $"{_palette.Red}{LoadText.Errors(report)}{_palette.Reset}");
        }

        if (isHttp2 && report.Ended > 0 && report[LoadOutcome.Protocol] == report.Ended)
        {
            Head("", "the service speaks no HTTP/2 here: leave out --http2, or give its https address");
        }
    }

    private void WriteRequests(LoadReport report)
    {
        if (report.Requests.Count < 2)
        {
            return;
        }

        Line();
        Line($"{_palette.Dim}{"requests",12} {"failed",9} {"mean",10} {"slowest",10}{_palette.Reset}");
        foreach (RequestTally one in report.Requests.OrderByDescending(one => one.Ended).Take(MaxRequests))
        {
            Line($"{Quantity.Count(one.Ended),12} {Quantity.Count(one.Errors),9} {Quantity.Milliseconds(one.Mean),10} {Quantity.Milliseconds(one.Slowest),10}  {Ellipsis.End(one.Name, NameWidth)}");
        }

        if (report.Requests.Count > MaxRequests)
        {
            Line($"  {_palette.Dim}and {Quantity.Count(report.Requests.Count - MaxRequests)} more, all in --json{_palette.Reset}");
        }
    }

    private void Head(string head, string text) => Line($"{head,-8}{text}");

    private void Line(string text = "") => _out.Write(text + "\n");
}
