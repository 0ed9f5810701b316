namespace Plumb.Profiles.LegacyText;

/// <summary>One call in a goroutine's stack.</summary>
/// <param name="Function">
/// As the runtime prints it, without the arguments: <c>net/http.(*conn).serve</c>, <c>main.main.func1</c>. Type arguments are the literal
/// <c>[...]</c>, where profile.proto has <c>[go.shape.int]</c>.
/// </param>
/// <param name="File">The source file as the compiler wrote it; empty for C code without symbols.</param>
/// <param name="Line">Line of the call, 0 when unknown.</param>
/// <param name="PcOffset">Bytes from the function's entry to the return address, 0 for an inlined call.</param>
/// <param name="IsInlined">The call was inlined into the next frame, which has the code.</param>
public sealed record GoroutineFrame(string Function, string File, int Line, long PcOffset, bool IsInlined);
