namespace Plumb.Cli.Watch;

/// <param name="Folder">Where the evidence is.</param>
/// <param name="Missing">What could not be had; null when everything is there.</param>
internal sealed record EvidenceResult(string Folder, string? Missing);
