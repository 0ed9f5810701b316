using System.Collections.Immutable;

namespace Plumb.Symbols.Code;

/// <summary>A function of a binary.</summary>
/// <param name="Names">All names at its address.</param>
/// <param name="Start">First address, as the binary's symbols count.</param>
/// <param name="End">The last address before the next symbol.</param>
public sealed record CodeSymbol(ImmutableArray<string> Names, ulong Start, ulong End);
