using System.Collections.Immutable;
using Plumb.Symbols.Tools;

namespace Plumb.Symbols.Resolving;

/// <summary>
/// A symbolizer that runs beside us for as long as its binary is of interest. Questions are written while answers are read: a batch is
/// larger than a pipe holds, and either end would wait for ever otherwise.
/// </summary>
internal abstract class BatchResolver(ToolProcess tool) : IAddressResolver
{
    protected ToolProcess Tool { get; } = tool;

    public async Task<ImmutableArray<SymbolFrame>[]> ResolveAsync(IReadOnlyList<ulong> addresses, CancellationToken cancellationToken)
    {
        var frames = new ImmutableArray<SymbolFrame>[addresses.Count];
        using var writing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task questions = Tool.WriteAsync(addresses.SelectMany(Questions), writing.Token);
        try
        {
            for (int i = 0; i < frames.Length; i++)
                frames[i] = await ReadAnswerAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await writing.CancelAsync().ConfigureAwait(false);
            await Tool.DisposeAsync().ConfigureAwait(false);
            // Why reading failed says more than why writing did.
            await questions.ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
            throw;
        }

        await questions.ConfigureAwait(false);
        return frames;
    }

    public ValueTask DisposeAsync() => Tool.DisposeAsync();

    /// <summary>The lines that ask for one address.</summary>
    protected abstract IEnumerable<string> Questions(ulong address);

    /// <summary>Reads all that the tool says of one address.</summary>
    protected abstract ValueTask<ImmutableArray<SymbolFrame>> ReadAnswerAsync(CancellationToken cancellationToken);

    /// <summary>Frames of which something is known; none when nothing is of any.</summary>
    protected static ImmutableArray<SymbolFrame> Known(List<SymbolFrame> frames) =>
        frames.TrueForAll(frame => frame.IsEmpty) ? [] : [.. frames];
}
