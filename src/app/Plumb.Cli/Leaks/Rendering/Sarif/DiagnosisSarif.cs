using System.Text.Json;
using Plumb.Cli.Leaks.Rendering.Markdown;
using Plumb.Cli.Leaks.Sources;
using Plumb.Leaks.Comparison;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Stacks;

namespace Plumb.Cli.Leaks.Rendering.Sarif;

/// <summary>Writes a diagnosis as SARIF 2.1.0, which code scanning of forges and editors read.</summary>
internal sealed class DiagnosisSarif
{
    private const string SchemaUri = "https://json.schemastore.org/sarif-2.1.0.json";
    private const string SourceRoot = "%SRCROOT%";
    private const string FingerprintName = "plumbLeak/v1";
    private const int MaxText = 2000;
    private const int MaxName = 400;
    private const int MaxFlow = 64;
    private const int MaxUriParts = 64;

    private readonly TextWriter _out;
    private readonly SourceFolders _sources;

    public DiagnosisSarif(TextWriter output, SourceFolders sources)
    {
        _out = output;
        _sources = sources;
    }

    public void Write(LeaksOutcome outcome)
    {
        _out.Write(JsonSerializer.Serialize(LogOf(outcome), SarifJsonContext.Default.SarifLog));
        _out.Write('\n');
    }

    private SarifLog LogOf(LeaksOutcome outcome)
    {
        Diagnosis diagnosis = outcome.Diagnosis;
        List<Finding> ruled = [.. diagnosis.Findings.DistinctBy(RuleId)];
        List<string> ids = [.. ruled.Select(RuleId)];
        List<SarifNotification> notes = [.. diagnosis.Notes.Prepend($"{Phrases.Verdict(diagnosis.Verdict)}: {diagnosis.Reason}").Select(note => new SarifNotification("note", Message(note)))];
        var run = new SarifRun(
            new SarifTool(new SarifDriver("plumb", Program.Version(), [.. ruled.Select(RuleOf)])),
            [new SarifInvocation(ExecutionSuccessful: true, notes)],
            new SarifAutomationDetails("plumb/leaks/"),
            "utf16CodeUnits",
            [.. diagnosis.Findings.Zip(LeakFingerprint.Of(diagnosis.Findings), (finding, fingerprint) => ResultOf(finding, ids.IndexOf(RuleId(finding)), fingerprint))]);
        return new SarifLog(SchemaUri, "2.1.0", [run]);
    }

    // A defect without a pattern has the rule of what grows.
    private static string RuleId(Finding finding) =>
        finding.Pattern is { } pattern ? Name(pattern) : $"growth/{(finding.Resources.Count > 0 ? Name(finding.Resources[0]) : "unknown")}";

    private static SarifRule RuleOf(Finding finding) => new()
    {
        Id = RuleId(finding),
        ShortDescription = Message(finding.Title),
        FullDescription = Message(finding.Cause),
        Help = new SarifHelp(
            $"{Text(finding.Cause)}\n\n{Text(finding.Remedy)}",
            $"{MarkdownText.Escape(finding.Cause)}\n\n**Remedy.** {MarkdownText.Escape(finding.Remedy)}\n"),
        // Only what is an address may stand here; the patterns are ours, but a saved report is not.
        HelpUri = Uri.TryCreate(finding.Reference, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps ? uri.AbsoluteUri : null,
        DefaultConfiguration = new SarifRuleConfiguration("error"),
        Properties = new SarifRuleProperties(["leak", "reliability", .. finding.Resources.Select(Name)], "high"),
    };

    private SarifResult ResultOf(Finding finding, int rule, string fingerprint) => new()
    {
        RuleId = RuleId(finding),
        RuleIndex = rule,
        Level = finding.Verdict switch
        {
            LeakVerdict.Leak => "error",
            LeakVerdict.Suspicious => "warning",
            _ => "note",
        },
        // Any other kind must have the level "none" (SARIF 2.1.0, 3.27.10), and would not be shown.
        Kind = "fail",
        Message = Message($"{finding.Title}: {Phrases.Growth(finding)} ({Phrases.Certainty(finding)}). {finding.Remedy}"),
        Locations = [LocationOf(finding)],
        RelatedLocations = [.. Related(finding)],
        PartialFingerprints = new Dictionary<string, string>(StringComparer.Ordinal) { [FingerprintName] = fingerprint },
        CodeFlows = finding.Stack.Count == 0 ? [] : [FlowOf(finding)],
        Rank = Math.Round(100 * Math.Clamp(finding.Confidence, 0, 1), 1),
        Properties = new SarifResultProperties(
            finding.Confidence, [.. finding.Resources.Select(Name)], Finite(finding.PerSecond), Finite(finding.PerRequest), finding.Unit),
    };

    private SarifLocation LocationOf(Finding finding)
    {
        SourceExcerpt? excerpt = finding.Frame is { } frame ? _sources.Find(frame) : null;
        SarifMessage? snippet = excerpt is null ? null : Message(excerpt.Lines[excerpt.Line - excerpt.FirstLine]);
        return new SarifLocation
        {
            PhysicalLocation = Physical(excerpt?.Path ?? finding.File, finding.Line, snippet, isRelative: excerpt is not null),
            LogicalLocations = [new SarifLogicalLocation(Name(finding.Function), "function")],
        };
    }

    private static IEnumerable<SarifLocation> Related(Finding finding) => finding.OtherEnds
        .Select(frame => (Frame: frame, Text: $"the other end: {frame.Function}"))
        .Concat(finding.Victims.Where(victim => victim.Frame is not null).Select(victim => (Frame: victim.Frame!, Text: $"a victim: {victim.Function}, {victim.Reason}")))
        .Select((related, i) => At(related.Frame, related.Text) with { Id = i + 1 });

    // From where the goroutine was started, over the line, into the library.
    private static SarifCodeFlow FlowOf(Finding finding) => new(
    [
        new SarifThreadFlow(
        [
            .. finding.CreatedBy.Take(MaxFlow).Reverse().Select(frame => new SarifThreadFlowLocation(At(frame, $"started by {frame.Function}"), "important")),
            .. finding.Stack.Take(MaxFlow).Select(frame => new SarifThreadFlowLocation(At(frame, frame.Function), frame == finding.Frame ? "essential" : "unimportant")),
        ]),
    ]);

    private static SarifLocation At(Frame frame, string text) => new()
    {
        Message = Message(text),
        PhysicalLocation = Physical(frame.File, frame.Line, null, isRelative: false),
        LogicalLocations = [new SarifLogicalLocation(Name(frame.Function), "function")],
    };

    private static SarifPhysicalLocation? Physical(string? path, int line, SarifMessage? snippet, bool isRelative)
    {
        string uri = RelativeUri(path ?? "", isRelative);
        return uri.Length == 0
            ? null
            : new SarifPhysicalLocation(new SarifArtifactLocation(uri, SourceRoot), line > 0 ? new SarifRegion(line, snippet) : null);
    }

    // The compiled-in path is of the machine that built. Where the source was found, its path below the root is exact; elsewhere the
    // end of the path is what a viewer can look for.
    private static string RelativeUri(string path, bool isRelative)
    {
        string shown = isRelative ? path : Phrases.ShortPath(path.Replace('\\', '/'));
        IEnumerable<string> parts = shown.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part is not ("." or "..")).Take(MaxUriParts);
        return string.Join('/', parts.Select(part => Uri.EscapeDataString(Name(part))));
    }

    private static SarifMessage Message(string text) => new(Text(text));

    private static string Text(string text) => Ellipsis.End(text, MaxText);

    private static string Name(string text) => Ellipsis.Middle(text, MaxName);

    private static double? Finite(double? value) => value is { } known && double.IsFinite(known) ? known : null;
}
