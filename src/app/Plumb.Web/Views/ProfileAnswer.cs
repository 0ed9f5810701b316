using System.Collections.Immutable;
using Plumb.Profiles;
using Plumb.Reports;
using Plumb.Reports.Options;
using Plumb.Web.Shelf;

namespace Plumb.Web.Views;

/// <summary>What the page has to know before it shows anything.</summary>
/// <param name="Lines">What the profile says of itself.</param>
/// <param name="SampleType">Index of the sample type that is shown when none is asked for.</param>
/// <param name="Options">The options that a page can set, with what they are set to at the start.</param>
/// <param name="Profiles">All that can be shown.</param>
/// <param name="Profile">The one that is shown when none is asked for.</param>
/// <param name="Base">What it is then compared with; -1 for nothing.</param>
internal sealed record ProfileAnswer(
    string Title, ImmutableArray<string> Lines, ImmutableArray<SampleTypeAnswer> SampleTypes, int SampleType, ImmutableArray<OptionAnswer> Options, bool HasLabels,
    ImmutableArray<ShelfAnswer> Profiles, int Profile, int Base)
{
    public static ProfileAnswer Of(Report report, ViewRequest request, ProfileSession session, ProfileShelf shelf)
    {
        Profile profile = report.Profile;
        ImmutableArray<ShelfAnswer> profiles = [.. shelf.Profiles.Select(shelved => new ShelfAnswer(shelved.Id, shelved.Title, shelved.IsUploaded))];
        return new ProfileAnswer(
            profiles.First(shelved => shelved.Id == request.Pair.Profile).Title,
            ReportHeader.OfProfile(report, report.Amounts()),
            [.. profile.SampleTypes.Select(type => new SampleTypeAnswer(type.Type, type.Unit))],
            report.Column,
            [.. ViewRequest.Settable.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => OptionAnswer.Of(pair.Key, pair.Value, session.Options))],
            profile.LabelSets.Count > (request.Pair.IsComparison ? 2 : 1),
            profiles,
            shelf.Initial.Profile,
            shelf.Initial.Base);
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
