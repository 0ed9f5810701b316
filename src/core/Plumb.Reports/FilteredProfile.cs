using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Graphs;
using Plumb.Reports.Options;

namespace Plumb.Reports;

/// <summary>What the filters of a report leave of a profile, and what was computed from it: shared by all reports with the same filters.</summary>
internal sealed class FilteredProfile
{
    private const int KeptSources = 4;

    private readonly ProfileSelection _before;
    private readonly RecentlyUsed<NodeSourceKey, NodeSource> _sources = new(KeptSources);
    private readonly RecentlyUsed<TotalKey, long> _totals = new(KeptSources);

    private FilteredProfile(ProfileSelection before, ProfileSelection selection, LabelUnits units, IReadOnlyList<string> notes)
    {
        _before = before;
        Selection = selection;
        LabelUnits = units;
        Notes = notes;
    }

    public ProfileSelection Selection { get; }

    public LabelUnits LabelUnits { get; }

    /// <summary>What a person should be told of the filters.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <param name="filters">As <see cref="ReportFilters.Of"/> gives them: nothing else may play a part.</param>
    public static FilteredProfile Of(ProfileSelection profile, ReportOptions filters)
    {
        var notes = new List<string>();
        ProfileSelection selection = LabelFrames.Add(profile, filters, notes);
        LabelUnits units = LabelUnits.Of(selection.Profile);
        NoteUnits(selection.Profile, units, notes);
        return new FilteredProfile(selection, new ReportFilters(filters, notes).Apply(selection, units), units, notes);
    }

    /// <summary>What percentages are of.</summary>
    /// <param name="isRelative">Whether that is what the filters leave, instead of all.</param>
    public long Total(int column, bool mean, bool isRelative) =>
        _totals.GetOrAdd(new TotalKey(column, mean, isRelative), key =>
            SampleTotal.Of(key.IsRelative ? Selection : _before, key.Column, key.Mean ? 0 : -1));

    public NodeSource Nodes(NodeSourceKey key) => _sources.GetOrAdd(key, wanted => NodeSource.Of(Selection, wanted));

    private static void NoteUnits(Profile profile, LabelUnits units, List<string> notes)
    {
        foreach ((string key, SortedSet<string> others) in units.Ignored)
            notes.Add($"For tag {key} used unit {units[profile.Strings.Find(key) ?? default]}, also encountered unit(s) {string.Join(", ", others)}");
    }

    private readonly record struct TotalKey(int Column, bool Mean, bool IsRelative);
}
