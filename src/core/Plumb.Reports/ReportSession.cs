using Plumb.Profiles.Filtering;
using Plumb.Reports.Options;
using Plumb.Reports.Text;

namespace Plumb.Reports;

/// <summary>
/// Makes reports of one profile, one after another, as a shell or a page does: what the filters leave and the sums over the stacks are kept
/// for the next report that needs the same. A few of each are kept, those used last. Safe for concurrent use.
/// </summary>
public sealed class ReportSession
{
    // Back and forth between a few filters is what people do; each may hold a few numbers for every stack.
    private const int KeptFilters = 4;

    private readonly RecentlyUsed<ReportOptions, FilteredProfile> _filtered = new(KeptFilters);

    /// <param name="profile">The profile, merged and symbolised.</param>
    public ReportSession(ProfileSelection profile) => Profile = profile;

    public ProfileSelection Profile { get; }

    /// <param name="symbol">What to show, for formats that need it.</param>
    /// <param name="timeZone">The zone in which times are shown; UTC when null.</param>
    /// <exception cref="ReportException">An option is wrong.</exception>
    /// <exception cref="OperationCanceledException">The token says so; also what is computed from the report may then end like this.</exception>
    public Report Create(
        ReportFormat format, ReportOptions options, NamePattern? symbol = null, TimeZoneInfo? timeZone = null, CancellationToken cancellationToken = default)
    {
        if (options.DivideBy == 0)
            throw new ReportException("zero divisor specified");

        options = FormatDefaults.Apply(format, options);
        var notes = new List<string>();
        Report.NoteInvalid(symbol, "argument", notes);
        FilteredProfile filtered = _filtered.GetOrAdd(ReportFilters.Of(options), filters => FilteredProfile.Of(Profile, filters));
        cancellationToken.ThrowIfCancellationRequested();
        int column = SampleTypeChoice.Find(filtered.Selection.Profile, options.SampleIndex);
        return new Report(format, options, symbol, filtered, column, filtered.Total(column, options.Mean, options.RelativePercentages))
        {
            Trimming = new SourceTrimming(options.TrimPath, options.SourcePath),
            TimeZone = timeZone ?? TimeZoneInfo.Utc,
            Cancellation = cancellationToken,
            Notes = [.. notes, .. filtered.Notes],
        };
    }
}
