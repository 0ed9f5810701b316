namespace Plumb.Profiles.Building;

/// <summary>Gives each distinct label set a dense id; the empty one is 0.</summary>
internal sealed class LabelSetInterner
{
    private readonly RowListInterner<Label> _sets = new("label sets");

    public LabelSetInterner() => _sets.Intern([]);

    public int Count => _sets.Count;

    public LabelSetId Intern(ReadOnlySpan<Label> labels)
    {
        if (labels.IsEmpty)
            return default;

        const int OnStack = 32;
        Span<Label> kept = labels.Length <= OnStack ? stackalloc Label[OnStack] : new Label[labels.Length];
        return new LabelSetId(_sets.Intern(Canonical(labels, kept)));
    }

    public LabelSetTable Build()
    {
        (Label[] labels, int[] starts) = _sets.Build();
        return new LabelSetTable(labels, starts);
    }

    // The order of keys means nothing in the format; the order of one key's values does. Sets are small, and insertion sort is stable.
    private static Span<Label> Canonical(ReadOnlySpan<Label> labels, Span<Label> target)
    {
        int count = 0;
        foreach (Label label in labels)
        {
            if (label.IsVoid)
                continue;

            int at = count++;
            for (; at > 0 && Before(label, target[at - 1]); at--)
                target[at] = target[at - 1];

            target[at] = label;
        }

        return target[..count];
    }

    private static bool Before(Label left, Label right) =>
        left.IsNumber != right.IsNumber ? right.IsNumber : left.Key.Index < right.Key.Index;
}
