using Plumb.Profiles.Filtering;
using Plumb.Reports;
using Plumb.Reports.Listing;
using Plumb.Reports.Options;

namespace Plumb.Web;

/// <summary>A profile that is looked at, and what its views need from the machine. Safe for concurrent use when its parts are.</summary>
/// <param name="profile">Merged and symbolised.</param>
/// <param name="options">What every view starts from; a request changes some of it for itself.</param>
public sealed class ProfileSession(ProfileSelection profile, ReportOptions options)
{
    public ReportSession Reports { get; } = new(profile);

    public ReportOptions Options { get; } = options with { Output = "", CompactLabels = false };

    /// <summary>What the profile was read from, for a title.</summary>
    public string Title { get; init; } = "profile";

    /// <summary>Where the source code of a report is found; nowhere by default. What it gives is disposed of after use, if it can be.</summary>
    public Func<Report, ISourceFiles> Sources { get; init; } = _ => new NoSources();

    /// <summary>The zone in which times are shown.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    private sealed class NoSources : ISourceFiles
    {
        public SourceText Find(string path) => SourceText.Missing("no source folders were given");
    }
}
