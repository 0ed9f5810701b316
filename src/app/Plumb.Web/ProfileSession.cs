using Plumb.Profiles.Filtering;
using Plumb.Reports;
using Plumb.Reports.Disassembly;
using Plumb.Reports.Listing;
using Plumb.Reports.Options;
using Plumb.Web.Saved;
using Plumb.Web.Shelf;

namespace Plumb.Web;

/// <summary>A profile that is looked at, and what its views need from the machine. Safe for concurrent use when its parts are.</summary>
/// <param name="profile">Merged and symbolised.</param>
/// <param name="options">What every view starts from; a request changes some of it for itself.</param>
public sealed class ProfileSession(ProfileSelection profile, ReportOptions options)
{
    public ProfileSelection Profile { get; } = profile;

    public ReportOptions Options { get; } = options with { Output = "", CompactLabels = false };

    /// <summary>What the profile was read from, for a title.</summary>
    public string Title { get; init; } = "profile";

    /// <summary>What it is compared with until the page says otherwise; null for nothing.</summary>
    public ProfileSelection? Base { get; init; }

    /// <summary>What the base was read from.</summary>
    public string BaseTitle { get; init; } = "base";

    /// <summary>Whether percentages of that comparison are of the base, and its samples stay apart.</summary>
    public bool IsDiffBase { get; init; } = true;

    /// <summary>Where the source code of a report is found; nowhere by default. What it gives is disposed of after use, if it can be.</summary>
    public Func<Report, ISourceFiles> Sources { get; init; } = _ => new NoSources();

    /// <summary>Where the machine code of the profile's binaries is found; nowhere by default. What it gives is disposed of after use, if it can be.</summary>
    public Func<CancellationToken, IMachineCode> Code { get; init; } = _ => new NoCode();

    /// <summary>Lays out a graph in the language of Graphviz, as <c>dot -Tjson0</c> does; null when nothing on this machine can.</summary>
    public Func<MemoryStream, CancellationToken, byte[]>? Layout { get; init; }

    /// <summary>The views that a person keeps; forgotten with the session by default.</summary>
    public SavedViews Views { get; init; } = new(null);

    /// <summary>The zone in which times are shown.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    private sealed class NoSources : ISourceFiles
    {
        public SourceText Find(string path) => SourceText.Missing("no source folders were given");
    }
}
