using System.Collections.Immutable;
using Plumb.Reports.Disassembly;
using Plumb.Reports.Listing;
using Plumb.Reports.Measurements;

namespace Plumb.Reports.SourceHtml;

/// <summary>The source of functions that match a pattern, and below each line the machine code that was made of it, with what both cost.</summary>
/// <param name="Legend">What the profile says of itself.</param>
public sealed record WeblistView(ImmutableArray<string> Legend, long Total, ImmutableArray<WeblistFile> Files)
{
    // Lines of one function that are farther apart are shown apart.
    private const long MergeDistance = 20;
    private const long Margin = 5;

    /// <exception cref="ReportException">No function with samples matches, or its code cannot be read.</exception>
    public static WeblistView Compute(Report report, ISourceFiles sources, IMachineCode code, AmountFormat amounts)
    {
        var samples = new CodeSamples(report);
        if (samples.Functions.Count == 0)
            throw new ReportException($"no matches found for regexp: {report.Symbol}");

        var sampled = new SampledCode(samples, report, code);
        var texts = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        return new WeblistView(
            ReportHeader.OfProfile(report, amounts), report.Total,
            [.. sampled.Files.Select(file => new WeblistFile(file.Key, Functions(file.Key, file.Value, samples, sampled, Line)))]);

        string? Line(string file, long number)
        {
            if (!texts.TryGetValue(file, out ImmutableArray<string> lines))
                texts.Add(file, lines = sources.Find(file).Lines);

            return number >= 1 && number <= lines.Length ? lines[(int)number - 1] : null;
        }
    }

    private static ImmutableArray<WeblistFunction> Functions(
        string name, SampledFile file, CodeSamples samples, SampledCode code, Func<string, long, string?> line) =>
        [.. Parts(file, samples, code).Where(part => part.Cum != 0).Select(part => new WeblistFunction(part.Name, part.Flat, part.Cum, Lines(name, part, file, code, line)))];

    private static List<Part> Parts(SampledFile file, CodeSamples samples, SampledCode code)
    {
        var parts = new List<Part>();
        foreach ((long number, List<(ulong Address, CodeCall[] Inlined)> instructions) in file.Lines)
        {
            string name = file.Functions[number];
            name = samples.ShownNames.GetValueOrDefault(name, name);
            var part = new Part(
                name, number, number + 1,
                SampleValues.Sum(instructions.Select(row => code.Instructions[row.Address].Flat)), SampleValues.Sum(instructions.Select(row => code.Instructions[row.Address].Cum)));
            if (parts.Count > 0 && parts[^1] is var last && last.Name == name && number - last.End < MergeDistance)
                parts[^1] = last with { End = part.End, Flat = last.Flat + part.Flat, Cum = last.Cum + part.Cum };
            else
                parts.Add(part);
        }

        return WithNeighbours(parts);
    }

    private static List<Part> WithNeighbours(List<Part> parts)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            Part part = parts[i];
            if (i == 0)
            {
                // Line 0 means unknown, and has no neighbours.
                parts[i] = part.Begin == 0 ? part : part with { Begin = Math.Max(1, part.Begin - Margin) };
                continue;
            }

            long half = Math.Min((part.Begin - parts[i - 1].End) / 2, Margin);
            parts[i - 1] = parts[i - 1] with { End = parts[i - 1].End + half };
            parts[i] = part with { Begin = part.Begin - half };
        }

        if (parts.Count > 0)
            parts[^1] = parts[^1] with { End = parts[^1].End + Margin };

        return parts;
    }

    private static ImmutableArray<WeblistLine> Lines(string name, Part part, SampledFile file, SampledCode code, Func<string, long, string?> line)
    {
        ImmutableArray<WeblistLine>.Builder lines = ImmutableArray.CreateBuilder<WeblistLine>();
        for (long number = part.Begin; number < part.End; number++)
        {
            bool hasCode = file.Lines.TryGetValue(number, out List<(ulong Address, CodeCall[] Inlined)>? found);
            string? text = line(name, number) ?? (!hasCode ? null : number == 0 ? "<instructions with unknown line numbers>" : "???");
            if (text is not null)
                lines.Add(Line(number, text, found ?? [], code, line));
        }

        return lines.ToImmutable();
    }

    private static WeblistLine Line(
        long number, string text, List<(ulong Address, CodeCall[] Inlined)> found, SampledCode code, Func<string, long, string?> line)
    {
        var instructions = new List<WeblistInstruction>();
        ulong expected = 0;
        foreach ((ulong address, CodeCall[] inlined) in found)
        {
            SampledInstruction here = code.Instructions[address];
            instructions.Add(new WeblistInstruction(
                here.ObjectAddress, here.Text, here.Flat, here.Cum, address != expected, here.File, here.Line,
                [.. inlined.Select(call => new WeblistCall(call.File, call.Line, line(call.File, call.Line)?.Trim() ?? ""))]));
            expected = address + here.Length;
        }

        return new WeblistLine(number, text, SampleValues.Sum(instructions.Select(row => row.Flat)), SampleValues.Sum(instructions.Select(row => row.Cum)), found.Count > 0, [.. instructions]);
    }

    /// <param name="Begin">First line.</param>
    /// <param name="End">One past the last line.</param>
    private readonly record struct Part(string Name, long Begin, long End, long Flat, long Cum);
}
