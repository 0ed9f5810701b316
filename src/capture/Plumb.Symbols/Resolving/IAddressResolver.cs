using System.Collections.Immutable;

namespace Plumb.Symbols.Resolving;

/// <summary>Knows what is at the addresses of one binary. One caller at a time.</summary>
internal interface IAddressResolver : IAsyncDisposable
{
    /// <param name="addresses">As the binary's symbols count them.</param>
    /// <returns>For each address the calls there, innermost inlined one first; empty where nothing is known.</returns>
    /// <exception cref="SymbolizationException">The tool behind it failed.</exception>
    Task<ImmutableArray<SymbolFrame>[]> ResolveAsync(IReadOnlyList<ulong> addresses, CancellationToken cancellationToken);
}
