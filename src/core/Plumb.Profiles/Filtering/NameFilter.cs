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
            bool?[] focused = Focused(editor, out bool focusHit, out bool ignoreHit);
            hits = hits with { Focus = focusHit, Ignore = ignoreHit };
            if (Hide is not null)
                hits = hits with { Hide = HideLines(editor, Hide) };

            if (Show is not null)
                hits = hits with { Show = ShowLines(editor, Show) };

            DropStacks(editor, focused);
        }

        if (ShowFrom is not null)
            hits = hits with { ShowFrom = StartAt(editor, ShowFrom) };

        return new ProfileSelection(editor);
    }

    // True: has the focus; false: is ignored; null: neither.
    private bool?[] Focused(SelectionEditor editor, out bool focusHit, out bool ignoreHit)
    {
        var focused = new bool?[editor.Profile.Locations.Count];
        NameMatches? focus = Focus is null ? null : new NameMatches(editor.Profile, Focus);
        NameMatches? ignore = Ignore is null ? null : new NameMatches(editor.Profile, Ignore);
        focusHit = Focus is null;
        ignoreHit = Ignore is null;
        for (int i = 0; i < focused.Length; i++)
        {
            var id = new LocationId(i);
            if (ignore is not null && Matches(editor, id, ignore))
            {
                ignoreHit = true;
                focused[i] = false;
            }
            else if (focus is null || Matches(editor, id, focus))
            {
                focusHit = true;
                focused[i] = true;
            }
        }

        return focused;
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

    private static void DropStacks(SelectionEditor editor, bool?[] focused)
    {
        for (int i = 0; i < editor.Profile.Stacks.Count; i++)
        {
            var id = new StackId(i);
            if (!IsKept(editor, editor.Stack(id), focused))
                editor.Drop(id);
        }
    }

    private static bool IsKept(SelectionEditor editor, ReadOnlySpan<LocationId> stack, bool?[] focused)
    {
        bool hasFocus = false, isSeen = false;
        foreach (LocationId location in stack)
        {
            if (focused[location.Index] is not { } focus)
            {
                isSeen |= !editor.IsHidden(location);
                continue;
            }

            if (!focus)
                return false;

            hasFocus = true;
            isSeen |= !editor.IsHidden(location);
        }

        return hasFocus && isSeen;
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
