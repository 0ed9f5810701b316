namespace Plumb.Symbols.Code;

/// <summary>One machine instruction.</summary>
/// <param name="Address">As the binary's symbols count.</param>
/// <param name="Text">In the assembler's language; comes from a binary, so not to be trusted on a terminal.</param>
/// <param name="Function">Empty when the binary does not say.</param>
/// <param name="File">Empty when the binary does not say.</param>
/// <param name="Line">0 when the binary does not say.</param>
public readonly record struct Instruction(ulong Address, string Text, string Function, string File, long Line);
