using Plumb.Profiles;
using Plumb.Profiles.Filtering;

namespace Plumb.Reports.Disassembly;

/// <summary>Where views of machine code get it from. What binaries say is no more to be trusted than what a profile says.</summary>
public interface IMachineCode
{
    /// <summary>Whether the binary of a mapping is there.</summary>
    bool CanRead(Mapping mapping);

    /// <summary>The functions that a pattern or an address of the process means; none when the binary cannot be read.</summary>
    IReadOnlyList<CodeFunction> Functions(Mapping mapping, NamePattern pattern, ulong? address);

    /// <summary>What the binary's symbols know an address of the process by; null when it is not in the mapping.</summary>
    ulong? ObjectAddress(Mapping mapping, ulong address);

    /// <param name="start">First address, as the binary's symbols count.</param>
    /// <param name="end">One past the last one.</param>
    /// <exception cref="ReportException">No disassembler is there, or it failed.</exception>
    IReadOnlyList<CodeInstruction> Disassemble(Mapping mapping, ulong start, ulong end, bool intelSyntax);

    /// <summary>For each address of the process the calls there, innermost inlined one first; empty where nothing is known.</summary>
    /// <exception cref="ReportException">The symbolizer failed.</exception>
    IReadOnlyList<IReadOnlyList<CodeCall>> Calls(Mapping mapping, IReadOnlyList<ulong> addresses);
}
