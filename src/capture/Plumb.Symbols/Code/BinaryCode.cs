using System.Collections.Immutable;
using Plumb.Profiles;
using Plumb.Symbols.Binaries;
using Plumb.Symbols.Demangling;
using Plumb.Symbols.Local;
using Plumb.Symbols.Tools;

namespace Plumb.Symbols.Code;

/// <summary>
/// The machine code behind a mapping of a profile: its functions, its instructions, and what source they come from. One caller at a
/// time; dispose of it to stop the tools it started.
/// </summary>
public sealed class BinaryCode : IAsyncDisposable
{
    private readonly ObjectFile _file;
    private readonly MappedCode _code;
    private readonly Toolbox _tools;
    private readonly Disassembler _disassembler;

    private BinaryCode(ObjectFile file, Mapping mapping, Toolbox tools)
    {
        _file = file;
        _tools = tools;
        _code = new MappedCode(file, mapping, tools);
        _disassembler = new Disassembler(tools);
    }

    /// <param name="mapping">Names the binary on this machine.</param>
    /// <exception cref="SymbolizationException">The binary is not there, is not ELF, is another one, or cannot have been mapped so.</exception>
    public static BinaryCode Open(Mapping mapping, Toolbox tools)
    {
        ObjectFile file = ObjectFile.Open(mapping.File);
        if (mapping.BuildId.Length > 0 && file.BuildId.Length > 0 && mapping.BuildId != file.BuildId)
            throw new SymbolizationException($"{file.Path}: build ID mismatch: the profile has {mapping.BuildId}, the file {file.BuildId}");

        return new BinaryCode(file, mapping, tools);
    }

    /// <summary>The address that the binary's symbols know for one of the process; null when it is not in this mapping.</summary>
    public ulong? ObjectAddress(ulong address) => _code.ObjectAddress(address);

    /// <summary>The functions whose name a person means, as the linker or as the source has it, or that are at an address.</summary>
    /// <param name="address">Of the binary; null to go by names alone.</param>
    public Task<ImmutableArray<CodeSymbol>> SymbolsAsync(Func<string, bool> matches, ulong? address, CancellationToken cancellationToken = default) =>
        SymbolMatching.FindAsync(_file.Symbols, matches, address, new Demangler(_tools), cancellationToken);

    /// <inheritdoc cref="Disassembler.DisassembleAsync"/>
    public Task<ImmutableArray<Instruction>> DisassembleAsync(ulong start, ulong end, bool intelSyntax, CancellationToken cancellationToken = default) =>
        _disassembler.DisassembleAsync(_file.Path, start, end, intelSyntax, cancellationToken);

    /// <returns>For each address of the process the calls there, innermost inlined one first; empty where nothing is known.</returns>
    public Task<ImmutableArray<SymbolFrame>[]> FramesAsync(IReadOnlyList<ulong> addresses, CancellationToken cancellationToken = default) =>
        _code.FramesAsync(addresses, cancellationToken);

    public ValueTask DisposeAsync() => _code.DisposeAsync();
}
