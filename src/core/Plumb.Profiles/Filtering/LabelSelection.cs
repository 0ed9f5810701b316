namespace Plumb.Profiles.Filtering;

/// <summary>Applies filters over labels to a selection. Each label set is judged once, however many samples have it.</summary>
public static class LabelSelection
{
    /// <summary>Keeps the samples that <paramref name="focus"/> picks and <paramref name="ignore"/> does not; null picks all, or none.</summary>
    /// <param name="focusHit">Whether focus picked a sample that was still there.</param>
    /// <param name="ignoreHit">Whether ignore picked one.</param>
    public static ProfileSelection ByLabel(
        ProfileSelection selection, LabelFilter? focus, LabelFilter? ignore, LabelUnits units, out bool focusHit, out bool ignoreHit)
    {
        focusHit = focus is null;
        ignoreHit = ignore is null;
        if (focus is null && ignore is null)
            return selection;

        Profile profile = selection.Profile;
        SelectionEditor editor = selection.Edit();
        bool[] present = LabelSetsOfKeptSamples(selection);
        for (int i = 0; i < present.Length; i++)
        {
            var id = new LabelSetId(i);
            bool focused = focus is null || focus.IsMatch(profile, id, units);
            bool ignored = ignore is not null && ignore.IsMatch(profile, id, units);
            focusHit |= present[i] && focused;
            ignoreHit |= present[i] && ignored;
            if (!focused || ignored)
                editor.Drop(id);
        }

        return new ProfileSelection(editor);
    }

    /// <summary>Shows only labels whose key matches <paramref name="show"/> and not <paramref name="hide"/>.</summary>
    public static ProfileSelection ByKey(ProfileSelection selection, NamePattern? show, NamePattern? hide, out bool showHit, out bool hideHit)
    {
        showHit = show is null;
        hideHit = hide is null;
        if (show is null && hide is null)
            return selection;

        Profile profile = selection.Profile;
        SelectionEditor editor = selection.Edit();
        bool[] present = LabelSetsOfKeptSamples(selection);
        for (int i = 0; i < present.Length; i++)
        {
            if (!present[i])
                continue;

            foreach (Label label in profile.LabelSets[new LabelSetId(i)])
            {
                bool shown = show is null || show.IsMatch(profile.Strings, label.Key);
                bool hidden = hide is not null && hide.IsMatch(profile.Strings, label.Key);
                showHit |= shown;
                hideHit |= hidden;
                if (!shown || hidden)
                    editor.HideKey(label.Key);
            }
        }

        return new ProfileSelection(editor);
    }

    private static bool[] LabelSetsOfKeptSamples(ProfileSelection selection)
    {
        var present = new bool[selection.Profile.LabelSets.Count];
        ReadOnlySpan<LabelSetId> labelSets = selection.Profile.Samples.LabelSets;
        for (int i = 0; i < labelSets.Length; i++)
        {
            if (selection.Keeps(i))
                present[labelSets[i].Index] = true;
        }

        return present;
    }
}
