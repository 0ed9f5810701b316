namespace Plumb.Leaks.Stacks;

/// <summary>Gives a stack the same form wherever it was read: without the runtime's frames at its ends, with its wait state beside it.</summary>
internal static class StackNormalizer
{
    private static readonly NamePrefixes Measurement = new("runtime/pprof.", "net/http/pprof.", "Plumb.Runtime.", "Plumb.AspNetCore.");

    /// <param name="catalog">Where frames and stacks are kept.</param>
    /// <param name="leafFirst">Frame ids.</param>
    /// <param name="goroutines">Whether the leaf says what a goroutine waits for.</param>
    /// <param name="stateWords">The words of a dump, which has no runtime frames; null for a profile, which has.</param>
    /// <returns>Null for stacks of the measurement itself, and when the catalog is full.</returns>
    public static StackKey? Intern(StackCatalog catalog, ReadOnlySpan<int> leafFirst, bool goroutines, string? stateWords)
    {
        if (leafFirst.IsEmpty || IsMeasurement(catalog, leafFirst)) return null;
        var state = goroutines ? StateOf(catalog, leafFirst, stateWords) : WaitState.Unknown;
        var start = 0;
        var end = leafFirst.Length;
        while (start < end && WaitStates.IsRuntime(catalog.FunctionOf(leafFirst[start]))) start++;
        while (end > start && IsEntry(catalog.FunctionOf(leafFirst[end - 1]))) end--;
        return start == end ? catalog.Intern(WaitState.Runtime, leafFirst) : catalog.Intern(state, leafFirst[start..end]);
    }

    // A dump leaves these out where a profile has them. Other runtime frames at the root, such as the finalizers', are in both.
    private static bool IsEntry(string function) => function is "runtime.main" or "runtime.goexit";

    // Who reads the profile is in the profile: the handler's goroutine, and what it allocated to answer.
    private static bool IsMeasurement(StackCatalog catalog, ReadOnlySpan<int> frames)
    {
        foreach (var frame in frames)
        {
            if (Measurement.Begin(catalog.FunctionOf(frame))) return true;
        }

        return false;
    }

    private static WaitState StateOf(StackCatalog catalog, ReadOnlySpan<int> frames, string? words)
    {
        foreach (var frame in frames)
        {
            var function = catalog.FunctionOf(frame);
            if (WaitStates.OfFunction(function) is { } state) return state;
            if (!WaitStates.IsPlumbing(function)) break;
        }

        return words is null ? WaitState.Unknown : WaitStates.FromDump(words);
    }
}
