using System.Collections.Immutable;

namespace Plumb.Reports.Disassembly;

/// <param name="Names">All its names; at least one.</param>
/// <param name="Flat">Sum of the samples whose leaf is in the function.</param>
/// <param name="Cum">Sum of the samples of its instructions.</param>
public sealed record DisassembledFunction(ImmutableArray<string> Names, long Flat, long Cum, ImmutableArray<DisassembledLine> Lines);

/// <param name="Address">As the binary's symbols count.</param>
/// <param name="Flat">Sum of the samples whose leaf is here, up to the next instruction.</param>
/// <param name="Cum">Sum of the samples with this instruction on the stack.</param>
public readonly record struct DisassembledLine(ulong Address, string Text, string Function, string File, long Line, long Flat, long Cum);
