using System.Text.Json;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Isolation;

namespace Plumb.Cli.Isolate.Json;

/// <summary>Writes a search in the format of <c>docs/formats/isolate-json.md</c>.</summary>
internal static class IsolateJson
{
    private const int Schema = 1;

    public static void Write(TextWriter output, IsolateOutcome outcome)
    {
        output.Write(JsonSerializer.Serialize(DocumentOf(outcome), IsolateJsonContext.Default.IsolateDocument));
        output.Write('\n');
    }

    private static IsolateDocument DocumentOf(IsolateOutcome outcome) => new()
    {
        Schema = Schema,
        Target = outcome.Target,
        Verdict = NameOf(outcome.Verdict),
        Complete = outcome.IsComplete,
        Interrupted = outcome.Interrupted,
        DurationSeconds = outcome.Took.TotalSeconds,
        Requests = outcome.Requests,
        Routes = outcome.Routes,
        Leaking = [.. outcome.Leaking.Select(LeakingOf)],
        Suspected = outcome.Suspected,
        Rounds = [.. outcome.Rounds.Select(RoundOf)],
        Notes = outcome.Notes,
    };

    private static LeakingDocument LeakingOf(RouteVerdict route) => new()
    {
        Routes = route.Routes,
        Verdict = NameOf(route.Verdict),
        LeftBehind = [.. route.Signals.Select(rate => new SignalDocument(
            ResourceOf(rate.Signal.Kind), rate.Signal.Place.Length > 0 ? rate.Signal.Place : null, rate.PerRequest, rate.Low, rate.High, rate.IsCertain))],
        Function = route.Finding?.Function,
        File = string.IsNullOrEmpty(route.Finding?.File) ? null : route.Finding.File,
        Line = route.Finding?.Line > 0 ? route.Finding.Line : null,
        Pattern = route.Finding?.Pattern,
        Title = route.Finding?.Title,
        Cause = route.Finding?.Cause,
        Remedy = route.Finding?.Remedy,
        Confidence = route.Finding?.Confidence,
        Reason = route.Finding is null ? route.Reason : null,
    };

    private static RoundDocument RoundOf(RoundRecord record) => new(
        record.Round.Number,
        record.Round.Purpose switch
        {
            RoundPurpose.All => "all",
            RoundPurpose.Half => "half",
            RoundPurpose.Confirmation => "alone",
            RoundPurpose.Combination => "together",
            _ => "rest",
        },
        record.Round.Routes,
        record.RequestsPerRoute,
        record.Errors,
        record.Growth(SignalKind.Goroutines),
        record.Growth(SignalKind.Descriptors),
        record.Growth(SignalKind.HeapBytes));

    private static string ResourceOf(SignalKind kind) => kind switch
    {
        SignalKind.Goroutines => "goroutine",
        SignalKind.Descriptors => "fd",
        _ => "heap",
    };

    private static string NameOf(LeakVerdict verdict) => verdict switch
    {
        LeakVerdict.Leak => "leak",
        LeakVerdict.Suspicious => "suspicious",
        LeakVerdict.Inconclusive => "inconclusive",
        _ => "none",
    };
}
