using System.Collections.Immutable;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Options;

namespace Plumb.Reports;

/// <summary>The filters among a report's options, in the order in which they work.</summary>
internal sealed class ReportFilters(ReportOptions options, List<string> notes)
{
    /// <summary>The filters that are set, as the header of a report lists them.</summary>
    public static ImmutableArray<string> Active(ReportOptions options)
    {
        (string Name, string Value)[] filters =
        [
            ("focus", options.Focus), ("ignore", options.Ignore), ("hide", options.Hide), ("show", options.Show),
            ("show_from", options.ShowFrom), ("tagfocus", options.TagFocus), ("tagignore", options.TagIgnore),
            ("tagshow", options.TagShow), ("taghide", options.TagHide),
        ];
        ImmutableArray<string>.Builder active = ImmutableArray.CreateBuilder<string>();
        foreach ((string name, string value) in filters)
        {
            if (value.Length > 0)
                active.Add($"{name}={value}");
        }

        return active.ToImmutable();
    }

    /// <summary>Only those options that decide what is seen of a profile; all others are as by default.</summary>
    public static ReportOptions Of(ReportOptions options) => new()
    {
        Focus = options.Focus,
        Ignore = options.Ignore,
        Hide = options.Hide,
        Show = options.Show,
        ShowFrom = options.ShowFrom,
        TagFocus = options.TagFocus,
        TagIgnore = options.TagIgnore,
        TagShow = options.TagShow,
        TagHide = options.TagHide,
        PruneFrom = options.PruneFrom,
        TagRoot = options.TagRoot,
        TagLeaf = options.TagLeaf,
        // Labels that become frames are written in it.
        Unit = options.TagRoot.Length + options.TagLeaf.Length > 0 ? options.Unit : ReportOptions.Default.Unit,
    };

    public ProfileSelection Apply(ProfileSelection selection, LabelUnits units)
    {
        var names = new NameFilter(
            Pattern("focus", options.Focus), Pattern("ignore", options.Ignore), Pattern("hide", options.Hide),
            Pattern("show", options.Show), Pattern("show_from", options.ShowFrom));
        LabelFilter? tagFocus = Labels("tagfocus", options.TagFocus), tagIgnore = Labels("tagignore", options.TagIgnore);
        NamePattern? tagShow = Pattern("tagshow", options.TagShow), tagHide = Pattern("taghide", options.TagHide);

        selection = names.Apply(selection, out NameFilter.Hits hits);
        Warn(hits.Focus, "Focus");
        Warn(hits.Ignore, "Ignore");
        Warn(hits.Hide, "Hide");
        Warn(hits.Show, "Show");
        Warn(hits.ShowFrom, "ShowFrom");

        selection = LabelSelection.ByLabel(selection, tagFocus, tagIgnore, units, out bool focusHit, out bool ignoreHit);
        Warn(focusHit, "TagFocus");
        Warn(ignoreHit, "TagIgnore");

        selection = LabelSelection.ByKey(selection, tagShow, tagHide, out bool showHit, out bool hideHit);
        Warn(showHit, "TagShow");
        Warn(hideHit, "TagHide");

        return Pattern("prune_from", options.PruneFrom) is { } prune ? FramePruning.PruneFrom(selection, prune) : selection;
    }

    private NamePattern? Pattern(string option, string text)
    {
        if (text.Length == 0)
            return null;

        NamePattern pattern = NamePattern.Parse(text);
        Report.NoteInvalid(pattern, option, notes);
        return pattern;
    }

    private LabelFilter? Labels(string option, string text)
    {
        if (text.Length == 0)
            return null;

        LabelFilter filter = LabelFilter.Parse(text);
        if (filter.IsRange)
            notes.Add($"{option}:Interpreted '{LabelFilter.ValueOf(text)}' as range, not regexp");

        foreach (NamePattern pattern in filter.Patterns)
            Report.NoteInvalid(pattern, option, notes);

        return filter;
    }

    private void Warn(bool hit, string option)
    {
        if (!hit)
            notes.Add($"{option} expression matched no samples");
    }
}
