using Plumb.Profiles.Units;

namespace Plumb.Reports.Options;

/// <summary>
/// What a person can set about a report. <see cref="OptionTable"/> says how each is named on the command line, in the shell, in URLs and in
/// saved settings, and explains it.
/// </summary>
public sealed record ReportOptions
{
    public static ReportOptions Default { get; } = new();

    /// <summary>The file to write; empty for the standard output.</summary>
    public string Output { get; init; } = "";

    /// <summary>Whether the view is written for programs, as JSON.</summary>
    public bool Json { get; init; }

    public bool CallTree { get; init; }

    public bool RelativePercentages { get; init; }

    public string Unit { get; init; } = UnitScale.Minimum;

    public bool CompactLabels { get; init; }

    /// <summary>Directories to search for sources, separated as the system separates paths; empty for the current one.</summary>
    public string SourcePath { get; init; } = "";

    public string TrimPath { get; init; } = "";

    public bool IntelSyntax { get; init; }

    public bool Mean { get; init; }

    /// <summary>Number or name of the sample type; empty for the profile's default.</summary>
    public string SampleIndex { get; init; } = "";

    public double DivideBy { get; init; } = 1;

    public bool Normalize { get; init; }

    public SortOrder Sort { get; init; }

    public string TagRoot { get; init; } = "";

    public string TagLeaf { get; init; } = "";

    public bool DropNegative { get; init; }

    /// <summary>The most entries to show; 0 for all, -1 for what suits the report.</summary>
    public int NodeCount { get; init; } = -1;

    public double NodeFraction { get; init; } = 0.005;

    public double EdgeFraction { get; init; } = 0.001;

    public bool Trim { get; init; } = true;

    public string Focus { get; init; } = "";

    public string Ignore { get; init; } = "";

    public string PruneFrom { get; init; } = "";

    public string Hide { get; init; } = "";

    public string Show { get; init; } = "";

    public string ShowFrom { get; init; } = "";

    public string TagFocus { get; init; } = "";

    public string TagIgnore { get; init; } = "";

    public string TagShow { get; init; } = "";

    public string TagHide { get; init; } = "";

    public bool NoInlines { get; init; }

    public bool ShowColumns { get; init; }

    public Granularity Granularity { get; init; }
}
