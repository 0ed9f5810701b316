namespace Plumb.Profiles;

/// <summary>The distinct label sets of a profile. Row 0 is the empty set.</summary>
public sealed class LabelSetTable
{
    private readonly Label[] _labels;
    private readonly int[] _starts;

    internal LabelSetTable(Label[] labels, int[] starts)
    {
        _labels = labels;
        _starts = starts;
    }

    public int Count => _starts.Length - 1;

    /// <summary>Text labels before numbers, by key id; values of one key in the order they were given.</summary>
    public ReadOnlySpan<Label> this[LabelSetId id] => _labels.AsSpan(_starts[id.Index].._starts[id.Index + 1]);
}
