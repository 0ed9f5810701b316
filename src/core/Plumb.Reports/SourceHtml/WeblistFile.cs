using System.Collections.Immutable;

namespace Plumb.Reports.SourceHtml;

/// <summary>The functions of a source file that are shown, in the order of their lines.</summary>
public sealed record WeblistFile(string Name, ImmutableArray<WeblistFunction> Functions);

/// <param name="Flat">Sum of the samples whose leaf is on the lines shown.</param>
/// <param name="Cum">Sum of the samples of the instructions of these lines.</param>
public sealed record WeblistFunction(string Name, long Flat, long Cum, ImmutableArray<WeblistLine> Lines);

/// <param name="Number">From 1; 0 for code of which the line is not known.</param>
/// <param name="HasCode">Whether the line has a part in the function.</param>
public sealed record WeblistLine(long Number, string Text, long Flat, long Cum, bool HasCode, ImmutableArray<WeblistInstruction> Instructions);

/// <param name="Address">As the binary's symbols count.</param>
/// <param name="Text">Empty for samples whose binary is not there.</param>
/// <param name="StartsBlock">Whether other code lies between this and the one before.</param>
/// <param name="File">Source file of the innermost call here.</param>
/// <param name="InlinedCalls">The calls inlined below the line, outermost first.</param>
public sealed record WeblistInstruction(
    ulong Address, string Text, long Flat, long Cum, bool StartsBlock, string File, long Line, ImmutableArray<WeblistCall> InlinedCalls);

/// <param name="Text">The source line of the call.</param>
public sealed record WeblistCall(string File, long Line, string Text);
