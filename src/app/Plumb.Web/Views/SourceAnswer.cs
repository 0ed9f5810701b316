using System.Collections.Immutable;
using Plumb.Profiles;
using Plumb.Reports;
using Plumb.Reports.Disassembly;
using Plumb.Reports.Listing;
using Plumb.Reports.SourceHtml;

namespace Plumb.Web.Views;

/// <summary>Functions with their source, line by line, and below each line the machine code that was made of it, where there is any.</summary>
internal sealed record SourceAnswer(ViewHeader View, ImmutableArray<SourceFunction> Functions, bool IsCut)
{
    private const int MaxLines = 20_000;
    private const string Unsaid = "the profile does not say where it is";

    /// <param name="lines">A report for listings, which count each sample once for a line and once for a function, however often they are on its stack.</param>
    /// <param name="instructions">A report for machine code; null for a profile without addresses.</param>
    public static SourceAnswer Compute(Report lines, Report? instructions, ISourceFiles sources, IMachineCode code, ViewRequest request)
    {
        var texts = new KeptSources(sources);
        ListView list = ListView.Compute(lines, texts);
        Dictionary<(string File, long Line), ImmutableArray<SourceInstruction>> byLine = instructions is null ? [] : Instructions(instructions, texts, code);

        // Heaviest first; nobody reads them by name.
        ImmutableArray<ListRoutine> routines = list.Routines.Sort((left, right) =>
            Math.Abs(right.Cum).CompareTo(Math.Abs(left.Cum)) is not 0 and int order ? order : string.CompareOrdinal(left.Name, right.Name));
        int count = 0, shown = 0;
        while (count < routines.Length && shown < MaxLines)
            shown += 1 + routines[count++].Lines.Length;

        return new SourceAnswer(
            ViewHeader.Of(lines, request, lines.Options.Unit), [.. routines[..count].Select(routine => Of(routine, byLine))], count < routines.Length);
    }

    /// <summary>Machine code needs addresses; what has none is listed by its lines.</summary>
    public static bool HasAddresses(Profile profile) => profile.Locations.Addresses.ContainsAnyExcept(0ul);

    private static SourceFunction Of(ListRoutine routine, Dictionary<(string File, long Line), ImmutableArray<SourceInstruction>> byLine) => new(
        routine.Name, routine.File, routine.Flat, routine.Cum, routine.File.Length == 0 ? Unsaid : routine.Error,
        [.. routine.Lines.Select(line => new SourceLine(
            line.Number, line.Text, line.Flat, line.Cum, byLine.TryGetValue((routine.File, line.Number), out ImmutableArray<SourceInstruction> code) ? code : null))]);

    private static Dictionary<(string File, long Line), ImmutableArray<SourceInstruction>> Instructions(Report report, KeptSources texts, IMachineCode code)
    {
        var byLine = new Dictionary<(string File, long Line), ImmutableArray<SourceInstruction>>();
        foreach (WeblistFile file in WeblistView.Compute(report, texts, code, report.Amounts()).Files)
        {
            // Without the binary there are addresses and no code, which say nothing; calls that were inlined are known all the same.
            foreach (WeblistLine line in file.Functions.SelectMany(function => function.Lines)
                .Where(line => line.Instructions.Any(row => row.Text.Length > 0 || row.InlinedCalls.Length > 0)))
            {
                byLine[(file.Name, line.Number)] = [.. line.Instructions.Select(row => new SourceInstruction(
                    $"{row.Address:x}", row.Text, row.Flat, row.Cum, row.StartsBlock, row.File, row.Line,
                    [.. row.InlinedCalls.Select(call => new SourceCall(call.File, call.Line, call.Text))]))];
            }
        }

        return byLine;
    }

    /// <summary>Reads each file once, however many functions of it are shown.</summary>
    private sealed class KeptSources(ISourceFiles sources) : ISourceFiles
    {
        private readonly Dictionary<string, SourceText> _texts = new(StringComparer.Ordinal);

        public SourceText Find(string path)
        {
            if (!_texts.TryGetValue(path, out SourceText? text))
                _texts.Add(path, text = path.Length == 0 ? SourceText.Missing(Unsaid) : sources.Find(path));

            return text;
        }
    }
}

/// <param name="Error">Why the text of its lines is not there; null when it is.</param>
internal sealed record SourceFunction(string Name, string File, long Flat, long Cum, string? Error, ImmutableArray<SourceLine> Lines);

/// <param name="Code">Null when none is known.</param>
internal sealed record SourceLine(long Number, string Text, long Flat, long Cum, ImmutableArray<SourceInstruction>? Code);

/// <param name="Address">In hexadecimal: a number of the page has 53 bits.</param>
internal sealed record SourceInstruction(
    string Address, string Text, long Flat, long Cum, bool StartsBlock, string File, long Line, ImmutableArray<SourceCall> Calls);

internal sealed record SourceCall(string File, long Line, string Text);
