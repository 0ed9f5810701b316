using System.Collections.Immutable;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Graphs;
using Plumb.Reports.Measurements;

namespace Plumb.Reports.Listing;

/// <summary>Functions that match a pattern, with their source and what each line costs.</summary>
public sealed record ListView(long Total, ImmutableArray<ListRoutine> Routines)
{
    private const int Margin = 5;

    /// <exception cref="ReportException">No function with samples matches.</exception>
    public static ListView Compute(Report report, ISourceFiles sources)
    {
        NamePattern symbol = report.Symbol ?? throw new ArgumentException("a listing needs a pattern", nameof(report));
        NodeSource source = NodeSource.Of(report);
        var functions = new SortedDictionary<string, SortedDictionary<string, List<int>>>(StringComparer.Ordinal);
        for (int node = 0; node < source.Table.Count; node++)
        {
            if (source.Sums.Cum[node] == 0 && source.Sums.Flat[node] == 0)
                continue;

            NodeInfo info = source.Table.Info(node);
            if (symbol.IsMatch(info.Name))
                Add(functions, info, node);
        }

        if (functions.Count == 0)
            throw new ReportException($"no matches found for regexp: {symbol}");

        return new ListView(report.Total, [.. functions.SelectMany(function => RoutinesOf(function.Key, function.Value, source, sources))]);
    }

    private static void Add(SortedDictionary<string, SortedDictionary<string, List<int>>> functions, NodeInfo info, int node)
    {
        if (!functions.TryGetValue(info.Name, out SortedDictionary<string, List<int>>? files))
            functions.Add(info.Name, files = new SortedDictionary<string, List<int>>(StringComparer.Ordinal));

        if (!files.TryGetValue(info.File, out List<int>? nodes))
            files.Add(info.File, nodes = []);

        nodes.Add(node);
    }

    private static IEnumerable<ListRoutine> RoutinesOf(
        string name, SortedDictionary<string, List<int>> files, NodeSource source, ISourceFiles sources)
    {
        if (files.Count == 1 && files.ContainsKey(""))
            return [new ListRoutine(name, "", 0, 0, [], null)];

        return files.Where(file => file.Key.Length > 0).Select(file => Routine(name, file.Key, file.Value, source, sources));
    }

    private static ListRoutine Routine(string name, string file, List<int> nodes, NodeSource source, ISourceFiles sources)
    {
        long flat = SampleValues.Sum(nodes.Select(node => source.Sums.Flat[node]));
        long cum = CumOf(nodes, source);
        SourceText text = sources.Find(file);
        if (text.Error is not null)
            return new ListRoutine(name, file, flat, cum, [], text.Error);

        var lines = new Dictionary<long, (long Flat, long Cum)>();
        long first = long.MaxValue, last = 0;
        foreach (int node in nodes)
        {
            NodeInfo info = source.Table.Info(node);
            first = Math.Min(first, info.StartLine != 0 ? info.StartLine : info.Line - Margin);
            last = Math.Max(last, info.Line + Margin);
            (long lineFlat, long lineCum) = lines.GetValueOrDefault(info.Line);
            lines[info.Line] = (lineFlat + source.Sums.Flat[node], lineCum + source.Sums.Cum[node]);
        }

        ImmutableArray<ListLine>.Builder shown = ImmutableArray.CreateBuilder<ListLine>();
        for (long line = Math.Max(1, first); line <= Math.Min(last, text.Lines.Length); line++)
        {
            (long lineFlat, long lineCum) = lines.GetValueOrDefault(line);
            shown.Add(new ListLine(line, lineFlat, lineCum, text.Lines[(int)line - 1]));
        }

        return new ListRoutine(name, file, flat, cum, shown.ToImmutable(), null);
    }

    // A recursive function has several of its lines on one stack, but the sample happened once.
    private static long CumOf(List<int> nodes, NodeSource source)
    {
        if (nodes.Count == 1)
            return source.Sums.Cum[nodes[0]];

        var isOfRoutine = new bool[source.Table.Count];
        foreach (int node in nodes)
            isOfRoutine[node] = true;

        var hasRoutine = new bool[source.Selection.Profile.Locations.Count];
        for (int i = 0; i < hasRoutine.Length; i++)
        {
            foreach (int node in source.Frames[new LocationId(i)])
                hasRoutine[i] |= isOfRoutine[node];
        }

        long cum = 0;
        for (int i = 0; i < source.Weights.Values.Length; i++)
        {
            if (source.Weights.IsTouched(i) && HasAny(source.Selection.Stack(new StackId(i)), hasRoutine))
                cum += source.Weights.Values[i];
        }

        return cum;
    }

    private static bool HasAny(ReadOnlySpan<LocationId> stack, bool[] marked)
    {
        foreach (LocationId location in stack)
        {
            if (marked[location.Index])
                return true;
        }

        return false;
    }
}
