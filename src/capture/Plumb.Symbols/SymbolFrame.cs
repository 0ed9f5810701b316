namespace Plumb.Symbols;

/// <summary>One call at an address.</summary>
/// <param name="Function">As the linker knows it; empty when unknown.</param>
/// <param name="File">The source file as the compiler wrote it: not to be trusted as a path.</param>
/// <param name="Line">0 when unknown.</param>
/// <param name="Column">0 when unknown.</param>
/// <param name="StartLine">Where the function is defined, 0 when unknown.</param>
public readonly record struct SymbolFrame(string Function, string File, long Line, long Column = 0, long StartLine = 0)
{
    public bool IsEmpty => Function.Length == 0 && File.Length == 0 && Line == 0;
}
