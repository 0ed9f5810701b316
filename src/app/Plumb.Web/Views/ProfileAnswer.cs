using System.Collections.Immutable;
using Plumb.Profiles;
using Plumb.Reports;
using Plumb.Reports.Options;

namespace Plumb.Web.Views;

/// <summary>What the page has to know before it shows anything.</summary>
/// <param name="Lines">What the profile says of itself.</param>
/// <param name="SampleType">Index of the sample type that is shown when none is asked for.</param>
/// <param name="Options">The options that a page can set, with what they are set to at the start.</param>
internal sealed record ProfileAnswer(
    string Title, ImmutableArray<string> Lines, ImmutableArray<SampleTypeAnswer> SampleTypes, int SampleType, ImmutableArray<OptionAnswer> Options, bool HasLabels)
{
    public static ProfileAnswer Of(ProfileSession session)
    {
        Report report = session.Reports.Create(ReportFormat.Flame, session.Options, timeZone: session.TimeZone);
        Profile profile = session.Reports.Profile.Profile;
        return new ProfileAnswer(
            session.Title,
            ReportHeader.OfProfile(report, report.Amounts()),
            [.. profile.SampleTypes.Select(type => new SampleTypeAnswer(type.Type, type.Unit))],
            report.Column,
            [.. ViewRequest.Settable.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => OptionAnswer.Of(pair.Key, pair.Value, session.Options))],
            profile.LabelSets.Count > 1);
    }
}

internal sealed record SampleTypeAnswer(string Type, string Unit);

/// <param name="Parameter">Its name in URLs.</param>
/// <param name="Value">What it is when a URL does not say.</param>
/// <param name="Choices">What it may be; empty for a text, a number or a switch.</param>
internal sealed record OptionAnswer(string Parameter, string Name, string Kind, string Value, string Help, ImmutableArray<string> Choices)
{
    public static OptionAnswer Of(string parameter, Option option, ReportOptions options) => new(
        parameter, option.Name, option.Kind.ToString(), option.Get(options), option.Summary, [.. option.Choices.Select(choice => choice.Name)]);
}
