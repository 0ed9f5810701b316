using Plumb.Profiles.Building;

namespace Plumb.Profiles.Filtering;

/// <summary>Cuts off the leaf end of stacks: allocators, signal handlers and the like, which the profile itself or the user names.</summary>
public static class FramePruning
{
    /// <summary>Applies the profile's own drop_frames and keep_frames; a profile that has none is seen whole.</summary>
    public static ProfileSelection DropFrames(Profile profile)
    {
        if (profile.Header.DropFrames.Length == 0 || NamePattern.ParseWhole(profile.Header.DropFrames) is not { } drop)
            return ProfileSelection.All(profile);

        NamePattern? keep = profile.Header.KeepFrames.Length == 0 ? null : NamePattern.ParseWhole(profile.Header.KeepFrames);
        return Drop(profile, drop, keep);
    }

    /// <summary>
    /// Drops, seen from the root, the first frame that matches, and all that it called. Frames before the first one that does not
    /// match are spared, so that no stack vanishes.
    /// </summary>
    public static ProfileSelection Drop(Profile profile, NamePattern drop, NamePattern? keep)
    {
        var editor = new SelectionEditor(profile);
        var dropped = new bool?[profile.Functions.Count];
        var whole = new bool[profile.Locations.Count];
        var within = new bool[profile.Locations.Count];
        editor.FilterLines((LocationId id, ReadOnlySpan<Line> lines, ref Column<Line> kept) =>
        {
            int last = lines.Length - 1;
            while (last >= 0 && !IsDropped(lines[last].Function))
                last--;

            // The outermost call of the location matches: nothing of it is left to show.
            whole[id.Index] = last >= 0 && last == lines.Length - 1;
            within[id.Index] = last >= 0 && !whole[id.Index];
            kept.Add(whole[id.Index] ? lines : lines[(last + 1)..]);
        });

        for (int i = 0; i < profile.Stacks.Count; i++)
            Cut(editor, new StackId(i), whole, within);

        return new ProfileSelection(editor);

        bool IsDropped(FunctionId id) => dropped[id.Index] ??= Matches(profile.Function(id).Name);

        bool Matches(string name)
        {
            string simple = FunctionNames.Simplify(name);
            return name.Length > 0 && drop.IsMatch(simple) && !(keep is not null && keep.IsMatch(simple));
        }
    }

    /// <summary>Drops all that the leaf-most matching frame called, and keeps that frame.</summary>
    public static ProfileSelection PruneFrom(ProfileSelection selection, NamePattern pattern)
    {
        Profile profile = selection.Profile;
        SelectionEditor editor = selection.Edit();
        var matches = new bool?[profile.Functions.Count];
        var found = new bool[profile.Locations.Count];
        editor.FilterLines((LocationId id, ReadOnlySpan<Line> lines, ref Column<Line> kept) =>
        {
            int first = 0;
            while (first < lines.Length && !IsMatch(lines[first].Function))
                first++;

            found[id.Index] = first < lines.Length;
            kept.Add(found[id.Index] ? lines[first..] : lines);
        });

        for (int i = 0; i < profile.Stacks.Count; i++)
            CutBelow(editor, new StackId(i), found);

        return new ProfileSelection(editor);

        bool IsMatch(FunctionId id) => matches[id.Index] ??= Matches(profile.Function(id).Name);

        bool Matches(string name) => name.Length > 0 && pattern.IsMatch(FunctionNames.Simplify(name));
    }

    private static void Cut(SelectionEditor editor, StackId id, bool[] whole, bool[] within)
    {
        ReadOnlySpan<LocationId> stack = editor.Stack(id);
        bool foundUser = false;
        for (int i = stack.Length - 1; i >= 0; i--)
        {
            int location = stack[i].Index;
            if (!whole[location] && !within[location])
            {
                foundUser = true;
            }
            else if (foundUser)
            {
                int start = whole[location] ? i + 1 : i;
                editor.Narrow(id, start, stack.Length - start);
                return;
            }
        }
    }

    private static void CutBelow(SelectionEditor editor, StackId id, bool[] found)
    {
        ReadOnlySpan<LocationId> stack = editor.Stack(id);
        for (int i = 0; i < stack.Length; i++)
        {
            if (!found[stack[i].Index] || editor.IsHidden(stack[i]))
                continue;

            if (i > 0)
                editor.Narrow(id, i, stack.Length - i);

            return;
        }
    }
}
