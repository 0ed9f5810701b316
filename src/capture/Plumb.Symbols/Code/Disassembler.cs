using System.Collections.Immutable;
using System.Globalization;
using Plumb.Symbols.Tools;

namespace Plumb.Symbols.Code;

/// <summary>Disassembles parts of binaries with <c>objdump</c>, GNU's or LLVM's.</summary>
public sealed class Disassembler(Toolbox tools)
{
    private const int MaxInstructions = 4 << 20;

    private string? _version;

    /// <param name="binary">A full path, so it cannot be taken for an option.</param>
    /// <param name="start">First address, as the binary's symbols count.</param>
    /// <param name="end">One past the last address.</param>
    /// <param name="intelSyntax">For x86; AT&amp;T's otherwise.</param>
    /// <exception cref="SymbolizationException">There is no objdump, or it failed.</exception>
    public async Task<ImmutableArray<Instruction>> DisassembleAsync(
        string binary, ulong start, ulong end, bool intelSyntax, CancellationToken cancellationToken = default)
    {
        string objdump = tools.Objdump ?? throw new SymbolizationException("cannot disassemble: no objdump was found; install binutils or LLVM, or say where it is with -tools");
        var arguments = new List<string> { "--disassemble", "--demangle", "--no-show-raw-insn", "--line-numbers", Bound("start", start), Bound("stop", end) };
        if (intelSyntax)
            arguments.AddRange(await IsLlvmAsync(objdump, cancellationToken).ConfigureAwait(false) ? ["--x86-asm-syntax=intel"] : ["-M", "intel"]);

        arguments.Add(Path.GetFullPath(binary));
        await using ToolProcess tool = ToolProcess.Start(objdump, arguments, tools.Limits);
        tool.CloseInput();
        ImmutableArray<Instruction> instructions = await ReadAsync(tool, cancellationToken).ConfigureAwait(false);
        await tool.ExpectSuccessAsync(cancellationToken).ConfigureAwait(false);
        return instructions;
    }

    private async Task<ImmutableArray<Instruction>> ReadAsync(ToolProcess tool, CancellationToken cancellationToken)
    {
        ImmutableArray<Instruction>.Builder instructions = ImmutableArray.CreateBuilder<Instruction>();
        var text = new ObjdumpText();
        long characters = 0;
        while (await tool.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            characters += line.Length;
            if (text.Take(line) is { } instruction)
                instructions.Add(instruction);

            if (instructions.Count > MaxInstructions || characters > tools.Limits.MaxOutputBytes)
                throw new SymbolizationException("objdump printed more than can be shown; ask for a smaller part");
        }

        return instructions.DrainToImmutable();
    }

    private async Task<bool> IsLlvmAsync(string objdump, CancellationToken cancellationToken)
    {
        if (_version is null)
        {
            await using ToolProcess tool = ToolProcess.Start(objdump, ["--version"], tools.Limits);
            tool.CloseInput();
            _version = "";
            while (_version.Length < 4096 && await tool.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
                _version += line + "\n";
        }

        return _version.Contains("LLVM version", StringComparison.Ordinal);
    }

    private static string Bound(string which, ulong address) => string.Create(CultureInfo.InvariantCulture, $"--{which}-address=0x{address:x}");
}
