using Plumb.Profiles.Building;

namespace Plumb.Profiles.Filtering;

/// <summary>Filters by function name, file name and the file of the mapping. Null patterns are not asked for.</summary>
/// <param name="Focus">Only samples with a location that matches.</param>
/// <param name="Ignore">No samples with a location that matches.</param>
/// <param name="Hide">Frames that match are not shown.</param>
/// <param name="Show">Only frames that match are shown.</param>
/// <param name="ShowFrom">Stacks start at the root-most frame that matches; those without one are dropped.</param>
public sealed record NameFilter(NamePattern? Focus = null, NamePattern? Ignore = null, NamePattern? Hide = null, NamePattern? Show = null, NamePattern? ShowFrom = null)
{
    /// <summary>Which patterns matched anything; one that was not asked for counts as matched.</summary>
    public readonly record struct Hits(bool Focus, bool Ignore, bool Hide, bool Show, bool ShowFrom);

    public ProfileSelection Apply(ProfileSelection selection, out Hits hits)
    {
        hits = new Hits(true, true, true, true, true);
        if (this == new NameFilter())
            return selection;

        SelectionEditor editor = selection.Edit();
        if (Focus is not null || Ignore is not null || Hide is not null || Show is not null)
        {
            Marks[] marks = FocusAndIgnore(editor, out bool focusHit, out bool ignoreHit);
            hits = hits with { Focus = focusHit, Ignore = ignoreHit };
            if (Hide is not null)
                hits = hits with { Hide = HideLines(editor, Hide) };

            if (Show is not null)
                hits = hits with { Show = ShowLines(editor, Show) };

            DropStacks(editor, marks);
        }

        if (ShowFrom is not null)
            hits = hits with { ShowFrom = StartAt(editor, ShowFrom) };

        return new ProfileSelection(editor);
    }

    /// <summary>What a location means for the stacks it is on.</summary>
    [Flags]
    private enum Marks : byte
    {
        None = 0,
        IsSeen = 1,
        HasFocus = 2,
        IsIgnored = 4,
    }

    private Marks[] FocusAndIgnore(SelectionEditor editor, out bool focusHit, out bool ignoreHit)
    {
        var marks = new Marks[editor.Profile.Locations.Count];
        NameMatches? focus = Focus is null ? null : new NameMatches(editor.Profile, Focus);
        NameMatches? ignore = Ignore is null ? null : new NameMatches(editor.Profile, Ignore);
        focusHit = Focus is null;
        ignoreHit = Ignore is null;
        for (int i = 0; i < marks.Length; i++)
        {
            var id = new LocationId(i);
            if (ignore is not null && Matches(editor, id, ignore))
            {
                ignoreHit = true;
                marks[i] = Marks.IsIgnored;
            }
            else if (focus is null || Matches(editor, id, focus))
            {
                focusHit = true;
                marks[i] = Marks.HasFocus;
            }
        }

        return marks;
    }

    private static bool Matches(SelectionEditor editor, LocationId id, NameMatches names)
    {
        foreach (Line line in editor.LinesOf(id))
        {
            if (names.Function(line.Function))
                return true;
        }

        return names.Mapping(editor.Profile.Locations.Mappings[id.Index]);
    }

    private static bool HideLines(SelectionEditor editor, NamePattern pattern)
    {
        bool hit = false;
        var names = new NameMatches(editor.Profile, pattern);
        editor.FilterLines((LocationId id, ReadOnlySpan<Line> lines, ref Column<Line> kept) =>
        {
            if (!Matches(editor, id, names))
            {
                kept.Add(lines);
                return;
            }

            hit = true;
            int before = kept.Count;
            if (!names.Mapping(editor.Profile.Locations.Mappings[id.Index]))
                AddMatching(lines, names, matching: false, ref kept);

            if (kept.Count == before)
                editor.Hide(id);
        });
        return hit;
    }

    private static bool ShowLines(SelectionEditor editor, NamePattern pattern)
    {
        bool hit = false;
        var names = new NameMatches(editor.Profile, pattern);
        editor.FilterLines((LocationId id, ReadOnlySpan<Line> lines, ref Column<Line> kept) =>
        {
            int before = kept.Count;
            if (names.Mapping(editor.Profile.Locations.Mappings[id.Index]))
                kept.Add(lines);
            else
                AddMatching(lines, names, matching: true, ref kept);

            if (kept.Count == before)
                editor.Hide(id);
            else
                hit = true;
        });
        return hit;
    }

    private static void AddMatching(ReadOnlySpan<Line> lines, NameMatches names, bool matching, ref Column<Line> kept)
    {
        foreach (Line line in lines)
        {
            if (names.Function(line.Function) == matching)
                kept.Add(line);
        }
    }

    private static void DropStacks(SelectionEditor editor, Marks[] marks)
    {
        for (int i = 0; i < marks.Length; i++)
        {
            if (!editor.IsHidden(new LocationId(i)))
                marks[i] |= Marks.IsSeen;
        }

        for (int i = 0; i < editor.Profile.Stacks.Count; i++)
        {
            var id = new StackId(i);
            if (MarksOf(editor.Stack(id), marks) != (Marks.HasFocus | Marks.IsSeen))
                editor.Drop(id);
        }
    }

    // To read a whole stack without a question costs less than to ask at each location whether to go on.
    private static Marks MarksOf(ReadOnlySpan<LocationId> stack, Marks[] marks)
    {
        var all = Marks.None;
        foreach (LocationId location in stack)
            all |= marks[location.Index];

        return all;
    }

    private static bool StartAt(SelectionEditor editor, NamePattern pattern)
    {
        var names = new NameMatches(editor.Profile, pattern);
        var found = new bool[editor.Profile.Locations.Count];
        bool hit = false;
        editor.FilterLines((LocationId id, ReadOnlySpan<Line> lines, ref Column<Line> kept) =>
        {
            int last = lines.Length - 1;
            bool byMapping = names.Mapping(editor.Profile.Locations.Mappings[id.Index]);
            while (!byMapping && last >= 0 && !names.Function(lines[last].Function))
                last--;

            found[id.Index] = byMapping || last >= 0;
            hit |= found[id.Index];
            kept.Add(found[id.Index] ? lines[..(last + 1)] : lines);
        });

        for (int i = 0; i < editor.Profile.Stacks.Count; i++)
            StartAt(editor, new StackId(i), found);

        return hit;
    }

    private static void StartAt(SelectionEditor editor, StackId id, bool[] found)
    {
        ReadOnlySpan<LocationId> stack = editor.Stack(id);
        for (int i = stack.Length - 1; i >= 0; i--)
        {
            if (!found[stack[i].Index] || editor.IsHidden(stack[i]))
                continue;

            if (i + 1 < stack.Length)
                editor.Narrow(id, 0, i + 1);

            return;
        }

        editor.Drop(id);
    }
}
