namespace Plumb.Leaks.Stacks;

/// <summary>One line of a stack.</summary>
/// <param name="Function">Full name as the profile gives it, without generic arguments: <c>main.(*Store).Load.func1</c>.</param>
/// <param name="File">Path as compiled in; empty when unknown.</param>
/// <param name="Line">1-based; 0 when unknown.</param>
/// <param name="Owner">Who wrote it.</param>
public sealed record Frame(string Function, string File, int Line, FrameOwner Owner);
