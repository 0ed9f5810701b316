using System.Collections.Immutable;
using Plumb.Symbols.Elf;

namespace Plumb.Symbols.Resolving;

/// <summary>Names from the binary's own symbol table, without files and lines: quick, and there when no tool is.</summary>
internal sealed class SymbolTableResolver(SymbolTable symbols) : IAddressResolver
{
    public Task<ImmutableArray<SymbolFrame>[]> ResolveAsync(IReadOnlyList<ulong> addresses, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<SymbolFrame>[]>([.. addresses.Select(Resolve)]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ImmutableArray<SymbolFrame> Resolve(ulong address) =>
        symbols.Covering(address) is { } symbol ? [new SymbolFrame(symbols.Name(symbol), "", 0)] : [];
}
