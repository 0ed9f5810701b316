using System.Collections.Immutable;
using Plumb.Reports;
using Plumb.Reports.Trees;

namespace Plumb.Web.Views;

/// <summary>Entries, each between its callers and what it calls.</summary>
/// <param name="Names">What entries and calls refer to.</param>
/// <param name="IsCut">Whether there are more entries than these.</param>
internal sealed record PeekAnswer(ViewHeader View, ImmutableArray<string> Names, ImmutableArray<PeekEntry> Entries, bool IsCut)
{
    private const int MaxEntries = 500;

    public static PeekAnswer Of(TreeView view, Report report, ViewRequest request)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        ImmutableArray<PeekEntry> entries = [.. view.Nodes.Take(MaxEntries).Select(node =>
            new PeekEntry(Id(node.Name), node.Flat, node.Cum, [.. node.Callers.Select(Call)], [.. node.Callees.Select(Call)]))];
        return new PeekAnswer(ViewHeader.Of(report, request, view.Unit), [.. ids.Keys], entries, view.Nodes.Length > MaxEntries);

        PeekCall Call(TreeCall call) => new(Id(call.Name), call.Weight, call.IsInline);

        int Id(string name)
        {
            if (!ids.TryGetValue(name, out int id))
                ids.Add(name, id = ids.Count);

            return id;
        }
    }
}

/// <param name="Name">Index of its name.</param>
/// <param name="Callers">Heaviest first.</param>
/// <param name="Callees">Heaviest first.</param>
internal sealed record PeekEntry(int Name, long Flat, long Cum, ImmutableArray<PeekCall> Callers, ImmutableArray<PeekCall> Callees);

/// <param name="Name">Index of the name of the entry at the other end.</param>
internal sealed record PeekCall(int Name, long Weight, bool Inline);
