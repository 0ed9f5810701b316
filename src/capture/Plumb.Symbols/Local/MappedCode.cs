using System.Collections.Immutable;
using Plumb.Profiles;
using Plumb.Symbols.Binaries;
using Plumb.Symbols.Elf;
using Plumb.Symbols.Resolving;
using Plumb.Symbols.Tools;

namespace Plumb.Symbols.Local;

/// <summary>
/// The code of one mapping: its binary, and the symbolizers that are started for it when something is asked. They run until this is
/// disposed of. One caller at a time.
/// </summary>
internal sealed class MappedCode : IAsyncDisposable
{
    private readonly ObjectFile _file;
    private readonly ElfMapping _layout;
    private readonly Toolbox _tools;
    private readonly bool _isFast;
    private IAddressResolver? _code;
    private IAddressResolver? _data;

    /// <param name="isFast">Names alone will do.</param>
    /// <exception cref="SymbolizationException">The file and the mapping do not fit together.</exception>
    public MappedCode(ObjectFile file, Mapping mapping, Toolbox tools, bool isFast = false)
    {
        _file = file;
        _layout = file.Map(mapping);
        _tools = tools;
        _isFast = isFast;
    }

    /// <summary>The address that the binary's symbols know; null when the address is not in it.</summary>
    public ulong? ObjectAddress(ulong address) => _layout.TryTranslate(address, out ulong objectAddress, out _) ? objectAddress : null;

    /// <returns>For each address of the process the calls there, innermost inlined one first; empty where nothing is known.</returns>
    /// <exception cref="SymbolizationException">The tool failed.</exception>
    public async Task<ImmutableArray<SymbolFrame>[]> FramesAsync(IReadOnlyList<ulong> addresses, CancellationToken cancellationToken)
    {
        var frames = new ImmutableArray<SymbolFrame>[addresses.Count];
        Array.Fill(frames, []);
        var code = new List<(int Index, ulong Address)>();
        var data = new List<(int Index, ulong Address)>();
        for (int i = 0; i < addresses.Count; i++)
        {
            if (_layout.TryTranslate(addresses[i], out ulong address, out bool isData))
                (isData ? data : code).Add((i, address));
        }

        try
        {
            if (code.Count > 0)
                await ResolveAsync(_code ??= Start(isData: false), code, frames, cancellationToken).ConfigureAwait(false);

            if (data.Count > 0)
                await ResolveAsync(_data ??= Start(isData: true), data, frames, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Half an answer may be left in the pipe: who asks again gets a new process.
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return frames;
    }

    public async ValueTask DisposeAsync()
    {
        (IAddressResolver? code, IAddressResolver? data) = (_code, _data);
        (_code, _data) = (null, null);
        if (code is not null)
            await code.DisposeAsync().ConfigureAwait(false);

        if (data is not null)
            await data.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task ResolveAsync(
        IAddressResolver resolver, List<(int Index, ulong Address)> wanted, ImmutableArray<SymbolFrame>[] frames, CancellationToken cancellationToken)
    {
        ImmutableArray<SymbolFrame>[] found = await resolver.ResolveAsync([.. wanted.Select(pair => pair.Address)], cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < found.Length; i++)
            frames[wanted[i].Index] = found[i];
    }

    private IAddressResolver Start(bool isData)
    {
        if (_isFast)
            return new SymbolTableResolver(_file.Symbols);

        if (_tools.LlvmSymbolizer is not null)
            return LlvmSymbolizer.Start(_tools.LlvmSymbolizer, _file.Path, isData, _tools.Limits);

        return _tools.Addr2Line is not null && !isData
            ? Addr2Line.Start(_tools.Addr2Line, _file.Path, _file.Symbols, _tools.Limits)
            : new SymbolTableResolver(_file.Symbols);
    }
}
