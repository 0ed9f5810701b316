using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>chan receive (nil chan)</c>, <c>chan send (nil chan)</c>, <c>select (no cases)</c>.</summary>
public sealed class NilChannel : LeakPattern
{
    public override string Id => "nil-channel";

    public override string Title => "A goroutine waits on a nil channel";

    public override string Cause => "A send or receive on a nil channel, or a select without cases, waits for ever.";

    public override string Remedy =>
        "Make the channel before it is used; a select over nil channels needs a case that can end it.";

    public override string? Reference => "https://go.dev/ref/spec#Channel_types";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutines.Any(s => s.StateWords.Contains("nil chan", StringComparison.Ordinal) || s.State == WaitState.SelectForever)
            ? PatternMatch.Yes("goroutines wait on a nil channel or in an empty select: nothing can ever wake them")
            : PatternMatch.No;
    }
}
