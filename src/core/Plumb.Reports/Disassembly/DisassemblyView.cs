using System.Collections.Immutable;
using System.Globalization;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Graphs;
using Plumb.Reports.Measurements;
using Plumb.Reports.Text;

namespace Plumb.Reports.Disassembly;

/// <summary>The machine code of functions that match a pattern and have samples, with what each instruction costs.</summary>
public sealed record DisassemblyView(long Total, ImmutableArray<DisassembledFunction> Functions)
{
    /// <exception cref="ReportException">No function with samples matches, or its code cannot be read.</exception>
    public static DisassemblyView Compute(Report report, IMachineCode code)
    {
        NamePattern pattern = report.Symbol ?? throw new ArgumentException("a disassembly needs a pattern", nameof(report));
        ulong? address = CodeAddress.Parse(pattern);
        NodeSource source = NodeSource.Of(report);
        int[] nodes = [.. Enumerable.Range(0, source.Table.Count).Where(node => source.Sums.Cum[node] != 0 || source.Sums.Flat[node] != 0)];
        HashSet<string> files = MatchingFiles(source, nodes, pattern);
        var found = new List<(CodeFunction Function, Mapping Mapping, List<Sampled> Samples)>();
        bool anyFunction = false;
        foreach (Mapping mapping in report.Profile.Mappings.Rows)
        {
            if (!files.Contains(mapping.File) && !(address is { } at && at >= mapping.Start && at <= mapping.Limit))
                continue;

            foreach (CodeFunction function in code.Functions(mapping, pattern, address))
            {
                anyFunction = true;
                List<Sampled> samples = SamplesOf(function, mapping, source, nodes, code);
                if (samples.Count > 0)
                    found.Add((function, mapping, samples));
            }
        }

        if (found.Count == 0)
            throw NothingFound(pattern, address, anyFunction);

        found.Sort((left, right) => Compare(left.Function, right.Function));
        return new DisassemblyView(report.Total, [.. found.Select(row => Disassemble(row.Function, row.Mapping, row.Samples, source, code, report.Options.IntelSyntax))]);
    }

    private static HashSet<string> MatchingFiles(NodeSource source, int[] nodes, NamePattern pattern)
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (int node in nodes)
        {
            string file = source.Table.Info(node).ObjectFile;
            if (file.Length > 0 && !files.Contains(file) && pattern.IsMatch(source.Table.Name(node)))
                files.Add(file);
        }

        return files;
    }

    private static List<Sampled> SamplesOf(CodeFunction function, Mapping mapping, NodeSource source, int[] nodes, IMachineCode code)
    {
        var samples = new List<Sampled>();
        foreach (int node in nodes)
        {
            if (code.ObjectAddress(mapping, source.Table.Address(node)) is { } address && address >= function.Start && address < function.End)
                samples.Add(new Sampled(address, node));
        }

        samples.Sort((left, right) => left.Address.CompareTo(right.Address));
        return samples;
    }

    private static DisassembledFunction Disassemble(
        CodeFunction function, Mapping mapping, List<Sampled> samples, NodeSource source, IMachineCode code, bool intelSyntax)
    {
        IReadOnlyList<CodeInstruction> instructions = code.Disassemble(mapping, function.Start, function.End, intelSyntax);
        var lines = new DisassembledLine[instructions.Count];
        int next = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            // A sample may point into the middle of an instruction: the processor had gone on a little.
            ulong end = i + 1 < instructions.Count ? instructions[i + 1].Address : ulong.MaxValue;
            int first = next;
            while (next < samples.Count && samples[next].Address < end)
                next++;

            lines[i] = Annotate(instructions[i], samples[first..next], source);
        }

        return new DisassembledFunction(
            function.Names, SampleValues.Sum(samples.Select(sample => source.Sums.Flat[sample.Node])), SampleValues.Sum(samples.Select(sample => source.Sums.Cum[sample.Node])), [.. lines]);
    }

    private static DisassembledLine Annotate(CodeInstruction instruction, List<Sampled> samples, NodeSource source)
    {
        var (function, file, line) = (instruction.Function, instruction.File.Length == 0 ? "" : UnixPath.Base(instruction.File), instruction.Line);
        long flat = 0, cum = 0, flatDivisor = 0, cumDivisor = 0;
        foreach (Sampled sample in samples)
        {
            flat += source.Sums.Flat[sample.Node];
            cum += source.Sums.Cum[sample.Node];
            flatDivisor += source.Sums.FlatDivisor?[sample.Node] ?? 0;
            cumDivisor += source.Sums.CumDivisor?[sample.Node] ?? 0;
            NodeInfo info = source.Table.Info(sample.Node);
            file = file.Length == 0 && info.File.Length > 0 ? UnixPath.Base(info.File) : file;
            line = line == 0 ? info.Line : line;
            function = function.Length == 0 ? info.Name : function;
        }

        return new DisassembledLine(
            instruction.Address, instruction.Text, function, file, line,
            SampleValues.Mean(flat, flatDivisor), SampleValues.Mean(cum, cumDivisor));
    }

    private static int Compare(CodeFunction left, CodeFunction right)
    {
        int order = string.CompareOrdinal(left.Names[0], right.Names[0]);
        return order != 0 ? order : left.Start.CompareTo(right.Start);
    }

    private static ReportException NothingFound(NamePattern pattern, ulong? address, bool anyFunction)
    {
        if (address is not { } wanted)
            return new ReportException($"no matches found for regexp {pattern}");

        string text = string.Create(CultureInfo.InvariantCulture, $"address 0x{wanted:x}");
        return new ReportException(anyFunction
            ? $"{text} found in binary, but the corresponding symbols do not have samples in the profile"
            : $"no matches found for {text}");
    }

    /// <param name="Address">As the binary's symbols count.</param>
    private readonly record struct Sampled(ulong Address, int Node);
}
