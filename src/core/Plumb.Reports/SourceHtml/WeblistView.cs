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
        (string Name, SampledFile File, List<Part> Parts)[] files = [.. sampled.Files.Select(file => (file.Key, file.Value, Parts(file.Value, samples, sampled)))];
        AddCum(files, samples, sampled);
        return new WeblistView(
            ReportHeader.OfProfile(report, amounts), report.Total,
            [.. files.Select(file => new WeblistFile(file.Name, Functions(file.Name, file.Parts, file.File, sampled, Line)))]);

        string? Line(string file, long number)
        {
            if (!texts.TryGetValue(file, out ImmutableArray<string> lines))
                texts.Add(file, lines = sources.Find(file).Lines);

            return number >= 1 && number <= lines.Length ? lines[(int)number - 1] : null;
        }
    }

    private static ImmutableArray<WeblistFunction> Functions(
        string name, List<Part> parts, SampledFile file, SampledCode code, Func<string, long, string?> line) =>
        [.. parts.Where(part => part.Cum != 0).Select(part => new WeblistFunction(part.Name, part.Flat, part.Cum, Lines(name, part, file, code, line)))];

    private static List<Part> Parts(SampledFile file, CodeSamples samples, SampledCode code)
    {
        var parts = new List<Part>();
        foreach ((long number, List<(ulong Address, CodeCall[] Inlined)> instructions) in file.Lines)
        {
            string name = file.Functions[number];
            name = samples.ShownNames.GetValueOrDefault(name, name);
            var part = new Part(name, number, number + 1, SampleValues.Sum(instructions.Select(row => code.Instructions[row.Address].Flat)), 0);
            if (parts.Count > 0 && parts[^1] is var last && last.Name == name && number - last.End < MergeDistance)
                parts[^1] = last with { End = part.End, Flat = last.Flat + part.Flat };
            else
                parts.Add(part);
        }

        return WithNeighbours(parts);
    }

    // A recursive function has several of its instructions on one stack, so their sums would be more than the function cost.
    private static void AddCum(IReadOnlyList<(string Name, SampledFile File, List<Part> Parts)> files, CodeSamples samples, SampledCode code)
    {
        var groups = new Dictionary<ulong, List<int>>();
        int count = 0;
        foreach ((_, SampledFile file, List<Part> parts) in files)
        {
            foreach (Part part in parts)
                AddGroup(groups, count++, Addresses(file, part, code), samples);
        }

        long[] sums = samples.CumOf(groups, count);
        count = 0;
        foreach ((_, _, List<Part> parts) in files)
        {
            for (int i = 0; i < parts.Count; i++)
                parts[i] = parts[i] with { Cum = sums[count++] };
        }
    }

    private static void AddGroup(Dictionary<ulong, List<int>> groups, int group, IEnumerable<ulong> addresses, CodeSamples samples)
    {
        foreach (ulong address in addresses)
        {
            if (!samples.Cum.ContainsKey(address))
                continue;

            if (!groups.TryGetValue(address, out List<int>? here))
                groups.Add(address, here = []);

            // An instruction may be of several lines of one function, by inlining.
            if (here.Count == 0 || here[^1] != group)
                here.Add(group);
        }
    }

    // Samples may point behind an instruction's first byte.
    private static IEnumerable<ulong> Addresses(SampledFile file, Part part, SampledCode code)
    {
        foreach ((long number, List<(ulong Address, CodeCall[] Inlined)> instructions) in file.Lines)
        {
            if (number < part.Begin || number >= part.End)
                continue;

            foreach ((ulong address, _) in instructions)
            {
                for (ulong at = address; at - address < code.Instructions[address].Length; at++)
                    yield return at;
            }
        }
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
