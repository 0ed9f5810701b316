using System.Text.Json.Serialization;

namespace Plumb.Cli.Leaks.Rendering.Sarif;

// The part of SARIF 2.1.0 (OASIS) that Plumb writes. Names are the standard's own.

internal sealed record SarifLog(
    [property: JsonPropertyName("$schema")] string Schema,
    string Version,
    IReadOnlyList<SarifRun> Runs);

internal sealed record SarifRun(
    SarifTool Tool,
    IReadOnlyList<SarifInvocation> Invocations,
    SarifAutomationDetails AutomationDetails,
    string ColumnKind,
    IReadOnlyList<SarifResult> Results);

internal sealed record SarifTool(SarifDriver Driver);

internal sealed record SarifDriver(string Name, string SemanticVersion, IReadOnlyList<SarifRule> Rules);

internal sealed record SarifAutomationDetails(string Id);

internal sealed record SarifInvocation(bool ExecutionSuccessful, IReadOnlyList<SarifNotification> ToolExecutionNotifications);

internal sealed record SarifNotification(string Level, SarifMessage Message);

internal sealed record SarifRule
{
    public required string Id { get; init; }

    public required SarifMessage ShortDescription { get; init; }

    public required SarifMessage FullDescription { get; init; }

    public required SarifHelp Help { get; init; }

    public string? HelpUri { get; init; }

    public required SarifRuleConfiguration DefaultConfiguration { get; init; }

    public required SarifRuleProperties Properties { get; init; }
}

internal sealed record SarifRuleConfiguration(string Level);

internal sealed record SarifRuleProperties(IReadOnlyList<string> Tags, string Precision);

internal sealed record SarifMessage(string Text);

internal sealed record SarifHelp(string Text, string Markdown);

internal sealed record SarifResult
{
    public required string RuleId { get; init; }

    public required int RuleIndex { get; init; }

    public required string Level { get; init; }

    public required string Kind { get; init; }

    public required SarifMessage Message { get; init; }

    public required IReadOnlyList<SarifLocation> Locations { get; init; }

    public required IReadOnlyList<SarifLocation> RelatedLocations { get; init; }

    public required IReadOnlyDictionary<string, string> PartialFingerprints { get; init; }

    public required IReadOnlyList<SarifCodeFlow> CodeFlows { get; init; }

    public required double Rank { get; init; }

    public required SarifResultProperties Properties { get; init; }
}

internal sealed record SarifResultProperties(
    double Confidence, IReadOnlyList<string> Resources, double? PerSecond, double? PerRequest, string Unit);

internal sealed record SarifCodeFlow(IReadOnlyList<SarifThreadFlow> ThreadFlows);

internal sealed record SarifThreadFlow(IReadOnlyList<SarifThreadFlowLocation> Locations);

internal sealed record SarifThreadFlowLocation(SarifLocation Location, string Importance);

internal sealed record SarifLocation
{
    public int? Id { get; init; }

    public SarifMessage? Message { get; init; }

    public SarifPhysicalLocation? PhysicalLocation { get; init; }

    public IReadOnlyList<SarifLogicalLocation>? LogicalLocations { get; init; }
}

internal sealed record SarifPhysicalLocation(SarifArtifactLocation ArtifactLocation, SarifRegion? Region);

internal sealed record SarifArtifactLocation(string Uri, string? UriBaseId);

internal sealed record SarifRegion(int StartLine, SarifMessage? Snippet);

internal sealed record SarifLogicalLocation(string FullyQualifiedName, string Kind);
