using System.Collections.Immutable;

namespace Plumb.Reports.Disassembly;

/// <summary>A function of a binary.</summary>
/// <param name="Names">All its names; at least one.</param>
/// <param name="Start">First address, as the binary's symbols count.</param>
/// <param name="End">One past the last address that counts as its own.</param>
public sealed record CodeFunction(ImmutableArray<string> Names, ulong Start, ulong End);

/// <summary>A machine instruction. Function, file and line are empty or 0 when the binary does not say.</summary>
/// <param name="Address">As the binary's symbols count.</param>
public readonly record struct CodeInstruction(ulong Address, string Text, string Function, string File, long Line);

/// <summary>One call at an address.</summary>
public readonly record struct CodeCall(string Function, string File, long Line);
