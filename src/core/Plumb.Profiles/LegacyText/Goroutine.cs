using System.Collections.Immutable;

namespace Plumb.Profiles.LegacyText;

/// <summary>One goroutine of a <see cref="GoroutineDump"/>.</summary>
public sealed class Goroutine
{
    /// <summary>The runtime's number; never reused within a process.</summary>
    public required long Id { get; init; }

    /// <summary>
    /// What it does or waits for, in the runtime's words: <c>running</c>, <c>IO wait</c>, <c>chan receive (nil chan)</c>,
    /// <c>chan send (leaked)</c>. The words differ between versions of Go.
    /// </summary>
    public required string State { get; init; }

    /// <summary>Whole minutes it has been waiting; 0 below one minute.</summary>
    public required long WaitMinutes { get; init; }

    public required bool IsLockedToThread { get; init; }

    /// <summary>Whatever else stands in the brackets, such as <c>synctest bubble 1</c>; usually empty.</summary>
    public required string Remark { get; init; }

    public required GoroutineTrace Stack { get; init; }

    /// <summary>The <c>go</c> statement that started it: the function it is in and its line. Null for the main goroutine.</summary>
    public required GoroutineFrame? CreatedBy { get; init; }

    /// <summary>The goroutine that ran that statement; null for the main goroutine and before Go 1.21.</summary>
    public required long? CreatorId { get; init; }

    /// <summary>The profiler labels; printed by Go 1.27 and newer only.</summary>
    public required ImmutableArray<KeyValuePair<string, string>> Labels { get; init; }

    /// <summary>The garbage collector proved that nothing can wake it (Go 1.26 and newer, goroutineleak profile).</summary>
    public bool IsProvenLeak => State.EndsWith("(leaked)", StringComparison.Ordinal);
}
