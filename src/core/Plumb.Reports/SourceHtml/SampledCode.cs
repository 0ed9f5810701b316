using Plumb.Profiles;
using Plumb.Reports.Disassembly;
using Plumb.Reports.Text;

namespace Plumb.Reports.SourceHtml;

/// <summary>The instructions that a pattern is about, below the source lines that they come from.</summary>
internal sealed class SampledCode
{
    // Code of which the line is unknown belongs to the line before it, when that is this near.
    private const ulong Neighbourhood = 32;

    // A gap in the code is no instruction.
    private const ulong LongestInstruction = 64;

    private readonly CodeSamples _samples;
    private readonly Report _report;
    private readonly IMachineCode _code;

    public SampledCode(CodeSamples samples, Report report, IMachineCode code)
    {
        _samples = samples;
        _report = report;
        _code = code;
        var rest = new List<ulong>();
        foreach (CodeRange range in CodeRanges.Of(samples, report.Profile, code, rest))
            AddRange(range);

        foreach (ulong address in rest)
            AddWithoutCode(address);
    }

    /// <summary>By address in the process.</summary>
    public Dictionary<ulong, SampledInstruction> Instructions { get; } = [];

    /// <summary>By the source file's name.</summary>
    public SortedDictionary<string, SampledFile> Files { get; } = new(StringComparer.Ordinal);

    private void AddRange(CodeRange range)
    {
        if (_code.ObjectAddress(range.Mapping, range.Begin) is not { } begin)
            return;

        ulong shift = unchecked(range.Begin - begin);
        IReadOnlyList<CodeInstruction> found = _code.Disassemble(range.Mapping, begin, unchecked(range.End - shift), _report.Options.IntelSyntax);
        // A disassembler may print code that is reachable in two ways twice.
        List<CodeInstruction> instructions = [];
        foreach (CodeInstruction instruction in found)
        {
            if (instructions.Count == 0 || instruction.Address > instructions[^1].Address)
                instructions.Add(instruction);
        }

        ulong[] addresses = [.. instructions.Select(instruction => unchecked(instruction.Address + shift))];
        IReadOnlyList<IReadOnlyList<CodeCall>> calls = _code.Calls(range.Mapping, addresses);
        IReadOnlyList<CodeCall> last = [];
        ulong lastAddress = 0;
        for (int i = 0; i < addresses.Length; i++)
        {
            IReadOnlyList<CodeCall> here = calls[i].Count > 0
                ? calls[i] : [new CodeCall(instructions[i].Function, instructions[i].File, instructions[i].Line)];
            ulong length = i + 1 < addresses.Length ? Math.Min(addresses[i + 1] - addresses[i], LongestInstruction) : 1;
            Instructions[addresses[i]] = Instruction(instructions[i].Address, addresses[i], length, instructions[i].Text, here[0]);
            if (here[0].Line != 0)
                (last, lastAddress) = (here, addresses[i]);
            else if (last.Count > 0 && addresses[i] - lastAddress <= Neighbourhood)
                here = last;

            AddCalls(addresses[i], here);
        }
    }

    private void AddWithoutCode(ulong address)
    {
        var calls = new List<CodeCall>();
        foreach (Line line in _report.Selection.Lines(_samples.Addresses[address]))
        {
            Function function = _report.Profile.Function(line.Function);
            calls.Add(new CodeCall(function.Name, function.File, line.Number));
        }

        Instructions[address] = Instruction(address, address, 1, "", calls.Count > 0 ? calls[0] : default);
        AddCalls(address, calls);
    }

    private SampledInstruction Instruction(ulong objectAddress, ulong address, ulong length, string text, CodeCall innermost)
    {
        long flat = 0, cum = 0;
        // Samples may point behind the instruction's first byte.
        for (ulong at = address; at - address < length; at++)
        {
            flat += _samples.Flat.GetValueOrDefault(at);
            cum += _samples.Cum.GetValueOrDefault(at);
        }

        return new SampledInstruction(objectAddress, length, text, innermost.File ?? "", innermost.Line, flat, cum);
    }

    private void AddCalls(ulong address, IReadOnlyList<CodeCall> calls)
    {
        for (int i = 0; i < calls.Count; i++)
        {
            if (!_samples.Functions.Contains(calls[i].Function))
                continue;

            string name = Clean(calls[i].File);
            if (!Files.TryGetValue(name, out SampledFile? file))
                Files.Add(name, file = new SampledFile());

            file.Add(calls[i], address, [.. calls.Take(i).Reverse()]);
        }
    }

    private static string Clean(string file)
    {
        const string OwnDirectory = "/proc/self/cwd/";
        file = file.StartsWith(OwnDirectory, StringComparison.Ordinal) ? file[OwnDirectory.Length..] : file;
        return UnixPath.Clean(file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file);
    }
}

/// <param name="ObjectAddress">As the binary's symbols count.</param>
/// <param name="File">Of the innermost call.</param>
internal readonly record struct SampledInstruction(ulong ObjectAddress, ulong Length, string Text, string File, long Line, long Flat, long Cum);

/// <summary>The lines of a source file that have code.</summary>
internal sealed class SampledFile
{
    /// <summary>For each line its instructions, with the calls inlined below it, outermost first.</summary>
    public SortedDictionary<long, List<(ulong Address, CodeCall[] Inlined)>> Lines { get; } = [];

    /// <summary>The function that each line is of: the first that was seen there.</summary>
    public Dictionary<long, string> Functions { get; } = [];

    public void Add(CodeCall call, ulong address, CodeCall[] inlined)
    {
        if (!Lines.TryGetValue(call.Line, out List<(ulong, CodeCall[])>? instructions))
            Lines.Add(call.Line, instructions = []);

        instructions.Add((address, inlined));
        Functions.TryAdd(call.Line, call.Function);
    }
}
