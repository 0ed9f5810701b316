using System.Diagnostics.CodeAnalysis;
using Plumb.Profiles.Building;

namespace Plumb.Profiles.Filtering;

/// <summary>The masks of a <see cref="ProfileSelection"/> while filters are applied one after another. Arrays exist once a filter needs them.</summary>
internal sealed class SelectionEditor(Profile profile)
{
    public delegate void LineFilter(LocationId location, ReadOnlySpan<Line> lines, ref Column<Line> kept);

    public Profile Profile { get; } = profile;

    public Line[]? Lines { get; set; }

    public int[]? LineStarts { get; set; }

    public bool[]? HiddenLocations { get; set; }

    public int[]? StackStarts { get; set; }

    public int[]? StackEnds { get; set; }

    public bool[]? DroppedStacks { get; set; }

    public bool[]? DroppedLabelSets { get; set; }

    public bool[]? HiddenKeys { get; set; }

    public ReadOnlySpan<Line> LinesOf(LocationId id) =>
        Lines is null ? Profile.Locations.Lines(id) : Lines.AsSpan(LineStarts![id.Index]..LineStarts[id.Index + 1]);

    public bool IsHidden(LocationId id) => HiddenLocations is not null && HiddenLocations[id.Index];

    public bool IsDropped(StackId id) => DroppedStacks is not null && DroppedStacks[id.Index];

    public void Hide(LocationId id) => (HiddenLocations ??= new bool[Profile.Locations.Count])[id.Index] = true;

    public void Drop(StackId id) => (DroppedStacks ??= new bool[Profile.Stacks.Count])[id.Index] = true;

    public void Drop(LabelSetId id) => (DroppedLabelSets ??= new bool[Profile.LabelSets.Count])[id.Index] = true;

    public void HideKey(StringId key) => (HiddenKeys ??= new bool[Profile.Strings.Count])[key.Index] = true;

    public ReadOnlySpan<LocationId> Stack(StackId id) =>
        StackStarts is null ? Profile.Stacks[id] : Profile.Stacks.Entries[StackStarts[id.Index]..StackEnds![id.Index]];

    /// <summary>Keeps only a part of what is seen of a stack.</summary>
    public void Narrow(StackId id, int start, int length)
    {
        EnsureRanges();
        StackStarts[id.Index] += start;
        StackEnds[id.Index] = StackStarts[id.Index] + length;
    }

    public void FilterLines(LineFilter filter)
    {
        int count = Profile.Locations.Count;
        var kept = new Column<Line>(Math.Max(16, Profile.Locations.AllLines.Length));
        var starts = new int[count + 1];
        for (int i = 0; i < count; i++)
        {
            filter(new LocationId(i), LinesOf(new LocationId(i)), ref kept);
            starts[i + 1] = kept.Count;
        }

        Lines = kept.Items;
        LineStarts = starts;
    }

    [MemberNotNull(nameof(StackStarts), nameof(StackEnds))]
    private void EnsureRanges()
    {
        StackStarts ??= Profile.Stacks.Starts[..^1].ToArray();
        StackEnds ??= Profile.Stacks.Starts[1..].ToArray();
    }
}
