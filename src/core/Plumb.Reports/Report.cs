using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Measurements;
using Plumb.Reports.Options;
using Plumb.Reports.Text;

namespace Plumb.Reports;

/// <summary>
/// A profile with the options of one report applied: what is seen of it, which values are shown, and what they are percentages of.
/// The views compute from this. Immutable; making one does no more than the filters need.
/// </summary>
public sealed class Report
{
    internal Report(ReportFormat format, ReportOptions options, NamePattern? symbol, FilteredProfile filtered, int column, long total)
    {
        Format = format;
        Options = options;
        Symbol = symbol;
        Filtered = filtered;
        Column = column;
        Total = total;
        SampleType sampleType = Profile.SampleTypes[column];
        SampleTypeName = options.Mean ? $"mean_{sampleType.Type}" : sampleType.Type;
        SampleUnit = sampleType.Unit;
    }

    public ReportFormat Format { get; }

    /// <summary>The options with what the format itself demands put in.</summary>
    public ReportOptions Options { get; }

    /// <summary>What peek, list and disasm are to show.</summary>
    public NamePattern? Symbol { get; }

    public ProfileSelection Selection => Filtered.Selection;

    public Profile Profile => Selection.Profile;

    /// <summary>The sample type whose values are shown.</summary>
    public int Column { get; }

    /// <summary>The sample type that a mean divides by; -1 when no mean is asked for.</summary>
    public int DivisorColumn => Options.Mean ? 0 : -1;

    /// <summary>What percentages are of: the sum of all values without their signs, or of the base's in a comparison.</summary>
    public long Total { get; }

    public string SampleTypeName { get; }

    public string SampleUnit { get; }

    public LabelUnits LabelUnits => Filtered.LabelUnits;

    public required SourceTrimming Trimming { get; init; }

    /// <summary>The zone in which times are shown.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>Ends the computing of its views.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>What a person should be told beside the report, one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>What reports with the same filters share.</summary>
    internal FilteredProfile Filtered { get; }

    /// <summary>Amounts of this report in a unit.</summary>
    public AmountFormat Amounts(string unit) => new(SampleUnit, unit, 1 / Options.DivideBy);

    /// <summary>Amounts in the unit that was asked for, which may leave it to each amount.</summary>
    public AmountFormat Amounts() => Amounts(Options.Unit);

    /// <summary>A report of its own. Whoever makes several of one profile asks a <see cref="ReportSession"/>.</summary>
    /// <param name="profile">The profile, merged and symbolised.</param>
    /// <param name="symbol">What to show, for formats that need it.</param>
    /// <param name="timeZone">The zone in which times are shown; UTC when null.</param>
    /// <exception cref="ReportException">An option is wrong.</exception>
    public static Report Create(
        ProfileSelection profile, ReportFormat format, ReportOptions options, NamePattern? symbol = null, TimeZoneInfo? timeZone = null) =>
        new ReportSession(profile).Create(format, options, symbol, timeZone);

    /// <summary>Says that a pattern is taken literally because it is no regular expression.</summary>
    internal static void NoteInvalid(NamePattern? pattern, string option, List<string> notes)
    {
        if (pattern?.Invalid is not null)
            notes.Add($"{option}: \"{pattern.Text}\" is not a regular expression and is taken literally");
    }
}
