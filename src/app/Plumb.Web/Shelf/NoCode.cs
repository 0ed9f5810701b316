using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Disassembly;

namespace Plumb.Web.Shelf;

/// <summary>
/// No machine code: for profiles that came through the page. Whoever sends one could name any file of this machine as its binary.
/// </summary>
internal sealed class NoCode : IMachineCode
{
    public bool CanRead(Mapping mapping) => false;

    public IReadOnlyList<CodeFunction> Functions(Mapping mapping, NamePattern pattern, ulong? address) => [];

    public ulong? ObjectAddress(Mapping mapping, ulong address) => null;

    public IReadOnlyList<CodeInstruction> Disassemble(Mapping mapping, ulong start, ulong end, bool intelSyntax) => [];

    public IReadOnlyList<IReadOnlyList<CodeCall>> Calls(Mapping mapping, IReadOnlyList<ulong> addresses) => [.. addresses.Select(_ => (IReadOnlyList<CodeCall>)[])];
}
