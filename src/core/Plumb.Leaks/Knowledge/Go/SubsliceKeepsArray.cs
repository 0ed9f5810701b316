namespace Plumb.Leaks.Knowledge.Go;

/// <summary>A few bytes are kept, and the large array they were cut from with them.</summary>
public sealed class SubsliceKeepsArray : LeakPattern
{
    private const double LargeBytes = 1024;
    private const double SmallBytes = 128;
    private const double SameCount = 0.3;
    private const double LeastShare = 0.5;

    public override string Id => "subslice-keeps-array";

    public override string Title => "A small part keeps a large whole";

    public override string Cause =>
        "A sub-slice or substring refers to the whole array that it was cut from, which stays as long as the part " +
        "does.";

    public override string Remedy => "Copy what is kept: bytes.Clone, strings.Clone, slices.Clone.";

    public override string? Reference => "https://pkg.go.dev/strings#Clone";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        if (suspect.HasGoroutines) return PatternMatch.No;
        var whole = suspect.Heap.FirstOrDefault(s => IsLarge(s) && (ReadsWhole(s) || BuildsWhole(s)));
        if (whole is null || suspect.ShareOfHeap(s => s == whole) < LeastShare) return PatternMatch.No;
        if (suspect.Heap.Any(s => IsPartOf(s, whole))) return PatternMatch.Yes("for each large array that stays, something small stays beside it");
        return ReadsWhole(whole)
            ? PatternMatch.Unsure("most of what grows was read as a whole; if only a part of it is used, that part keeps it")
            : PatternMatch.No;
    }

    private static bool IsLarge(StackFact stack) => stack.Own is not null && stack.GainedObjects > 0 && stack.Gained / stack.GainedObjects >= LargeBytes;

    private static bool ReadsWhole(StackFact stack) => stack.Called.Any(f => f.Is("io", "ReadAll") || f.Is("os", "ReadFile") || f.Is("io/ioutil", "ReadAll", "ReadFile"));

    private static bool BuildsWhole(StackFact stack) =>
        stack.Leaf.IsApplication || stack.Called.Any(f => f.Is("strings", "Repeat", "(*Builder).*") || f.Is("bytes", "Repeat", "growSlice", "(*Buffer).*"));

    // As many of them, each a small fraction of the size.
    private static bool IsPartOf(StackFact part, StackFact whole) =>
        part != whole && part.GainedObjects > 0 && part.Gained / part.GainedObjects <= SmallBytes
        && Math.Abs(part.GainedObjects - whole.GainedObjects) <= SameCount * whole.GainedObjects;
}
