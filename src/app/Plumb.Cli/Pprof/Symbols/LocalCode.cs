using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports;
using Plumb.Reports.Disassembly;
using Plumb.Symbols;
using Plumb.Symbols.Code;
using Plumb.Symbols.Tools;

namespace Plumb.Cli.Pprof.Symbols;

/// <summary>Machine code from the binaries of this machine. Stops the tools it started when it is disposed of.</summary>
internal sealed class LocalCode(Lazy<Toolbox> tools, Action<string> say, CancellationToken cancellationToken = default) : IMachineCode, IDisposable
{
    private readonly Dictionary<Mapping, BinaryCode?> _opened = [];

    public bool CanRead(Mapping mapping) => Open(mapping) is not null;

    public IReadOnlyList<CodeFunction> Functions(Mapping mapping, NamePattern pattern, ulong? address)
    {
        if (Open(mapping) is not { } code)
            return [];

        ulong? wanted = address is null ? null : code.ObjectAddress(address.Value) ?? address;
        return [.. Await(code.SymbolsAsync(pattern.IsMatch, wanted, cancellationToken)).Select(symbol => new CodeFunction(symbol.Names, symbol.Start, symbol.End))];
    }

    public ulong? ObjectAddress(Mapping mapping, ulong address) => Open(mapping)?.ObjectAddress(address);

    public IReadOnlyList<CodeInstruction> Disassemble(Mapping mapping, ulong start, ulong end, bool intelSyntax) =>
        Open(mapping) is { } code
            ? [.. Await(code.DisassembleAsync(start, end, intelSyntax, cancellationToken)).Select(row => new CodeInstruction(row.Address, row.Text, row.Function, row.File, row.Line))]
            : [];

    public IReadOnlyList<IReadOnlyList<CodeCall>> Calls(Mapping mapping, IReadOnlyList<ulong> addresses) =>
        Open(mapping) is { } code
            ? [.. Await(code.FramesAsync(addresses, cancellationToken)).Select(calls => (IReadOnlyList<CodeCall>)[.. calls.Select(call => new CodeCall(call.Function, call.File, call.Line))])]
            : [.. addresses.Select(_ => (IReadOnlyList<CodeCall>)[])];

    public void Dispose()
    {
        foreach (BinaryCode? code in _opened.Values)
            code?.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private BinaryCode? Open(Mapping mapping)
    {
        if (_opened.TryGetValue(mapping, out BinaryCode? code))
            return code;

        try
        {
            code = mapping.File.Length == 0 ? null : BinaryCode.Open(mapping, tools.Value);
        }
        catch (SymbolizationException e)
        {
            say(e.Message);
        }

        _opened.Add(mapping, code);
        return code;
    }

    private static T Await<T>(Task<T> task)
    {
        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (SymbolizationException e)
        {
            throw new ReportException(e.Message);
        }
    }
}
