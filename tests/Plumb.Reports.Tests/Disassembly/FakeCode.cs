using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Disassembly;

namespace Plumb.Reports.Tests.Disassembly;

/// <summary>A binary of instructions of four bytes each, which is mapped at <see cref="Base"/> and has one function.</summary>
internal sealed class FakeCode(string text = "instruction", string file = "/src/prog.c") : IMachineCode
{
    public const ulong Base = 0x10000;
    public const ulong Start = 0x1000;
    public const int Count = 4;

    public static Mapping Mapping { get; } = new(Base + 0x1000, Base + 0x2000, 0, "/bin/prog", "");

    public bool IsThere { get; init; } = true;

    public bool CanRead(Mapping mapping) => IsThere;

    public IReadOnlyList<CodeFunction> Functions(Mapping mapping, NamePattern pattern, ulong? address)
    {
        bool isMeant = pattern.IsMatch("work") || (address - Base >= Start && address - Base < Start + (4 * Count));
        return IsThere && isMeant ? [new CodeFunction(["work", "alias"], Start, Start + (4 * Count))] : [];
    }

    public ulong? ObjectAddress(Mapping mapping, ulong address) =>
        IsThere && address >= mapping.Start && address < mapping.Limit ? address - Base : null;

    public IReadOnlyList<CodeInstruction> Disassemble(Mapping mapping, ulong start, ulong end, bool intelSyntax) =>
        [.. Enumerable.Range(0, Count).Select(i => new CodeInstruction(Start + (4 * (ulong)i), $"{text} {i}", "work", file, 10 + (i / 2)))];

    public IReadOnlyList<IReadOnlyList<CodeCall>> Calls(Mapping mapping, IReadOnlyList<ulong> addresses) =>
        [.. addresses.Select(address => (IReadOnlyList<CodeCall>)[.. Calls((int)(address - Base - Start) / 4)])];

    // The third instruction is of a call that was inlined on line 11.
    private IEnumerable<CodeCall> Calls(int i) =>
        i == 2 ? [new CodeCall("helper", file, 2), new CodeCall("work", file, 11)] : [new CodeCall("work", file, 10 + (i / 2))];

    /// <summary>Samples at addresses of the process, with their values.</summary>
    public static Profile Profile(params (ulong Address, long Value)[] samples)
    {
        var builder = new ProfileBuilder(new SampleType("samples", "count"));
        MappingId mapping = builder.Mapping(Mapping with { HasFunctions = true });
        FunctionId work = builder.Function("work", "/src/prog.c", 9), main = builder.Function("main", "/src/prog.c", 20);
        LocationId caller = builder.Location(Base + 0x1800, mapping, [new Line(main, 21)]);
        foreach ((ulong address, long value) in samples)
            builder.AddSample(builder.Stack([builder.Location(address, mapping, [new Line(work, 10)]), caller]), [value]);

        return builder.Build();
    }
}
