using System.Runtime.InteropServices;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Disassembly;
using Plumb.Reports.Graphs;
using Plumb.Reports.Measurements;

namespace Plumb.Reports.SourceHtml;

/// <summary>
/// What each address costs, which of them a pattern is about, and what the functions there are called. Locations without an address get
/// one above all mappings.
/// </summary>
internal sealed class CodeSamples
{
    private readonly Report _report;
    private readonly NamePattern _pattern;
    private readonly ulong? _wanted;
    private readonly ulong _firstFree;
    private StackWeights? _weights;

    public CodeSamples(Report report)
    {
        _report = report;
        _pattern = report.Symbol ?? throw new ArgumentException("a listing needs a pattern", nameof(report));
        _wanted = CodeAddress.Parse(_pattern);
        _firstFree = 1;
        foreach (Mapping mapping in report.Profile.Mappings.Rows)
            _firstFree = Math.Max(_firstFree, mapping.Limit);

        Sum();
    }

    public Dictionary<ulong, long> Flat { get; } = [];

    public Dictionary<ulong, long> Cum { get; } = [];

    /// <summary>Addresses that the pattern is about.</summary>
    public Dictionary<ulong, LocationId> Addresses { get; } = [];

    /// <summary>Names, those of the linker too, of functions that the pattern is about.</summary>
    public HashSet<string> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>From the linker's name to the one that people know.</summary>
    public Dictionary<string, string> ShownNames { get; } = new(StringComparer.Ordinal);

    /// <summary>What groups of addresses cost together. A sample that has several of a group on its stack happened once.</summary>
    /// <param name="groups">The groups of each address, numbered from 0.</param>
    public long[] CumOf(IReadOnlyDictionary<ulong, List<int>> groups, int count)
    {
        var sums = new long[count];
        var seen = new int[count];
        foreach ((int stack, long value) in Weighted())
        {
            foreach (LocationId id in _report.Selection.Stack(new StackId(stack)))
            {
                if (_report.Selection.IsHidden(id) || !groups.TryGetValue(Address(id), out List<int>? here))
                    continue;

                foreach (int group in here)
                {
                    sums[group] += seen[group] == stack + 1 ? 0 : value;
                    seen[group] = stack + 1;
                }
            }
        }

        return sums;
    }

    private void Sum()
    {
        var seen = new int[_report.Profile.Locations.Count];
        foreach ((int stack, long value) in Weighted())
            Add(_report.Selection.Stack(new StackId(stack)), value, seen, stack + 1);
    }

    private IEnumerable<(int Stack, long Value)> Weighted()
    {
        StackWeights weights = _weights ??= StackWeights.Sum(_report.Selection, _report.Column, _report.DivisorColumn);
        for (int i = 0; i < weights.Values.Length; i++)
        {
            if (weights.IsTouched(i))
                yield return (i, SampleValues.Mean(weights.Values[i], weights.Divisors?[i] ?? 0));
        }
    }

    private void Add(ReadOnlySpan<LocationId> stack, long value, int[] seen, int stamp)
    {
        bool isLeaf = true;
        foreach (LocationId id in stack)
        {
            if (_report.Selection.IsHidden(id))
                continue;

            ulong address = Address(id);
            if (isLeaf)
                CollectionsMarshal.GetValueRefOrAddDefault(Flat, address, out _) += value;

            isLeaf = false;
            if (seen[id.Index] == stamp)
                continue;

            // A recursive function is on the stack several times, but the sample happened once.
            bool isNew = seen[id.Index] == 0;
            seen[id.Index] = stamp;
            CollectionsMarshal.GetValueRefOrAddDefault(Cum, address, out _) += value;
            if (isNew)
                Look(id, address);
        }
    }

    private void Look(LocationId id, ulong address)
    {
        ReadOnlySpan<Line> lines = _report.Selection.Lines(id);
        foreach (Line line in lines)
        {
            Function function = _report.Profile.Function(line.Function);
            ShownNames.TryAdd(function.SystemName, function.Name);
        }

        if (_wanted == address)
        {
            if (!lines.IsEmpty)
                Mark(lines[^1], id, address);

            return;
        }

        MappingId mapping = _report.Profile.Locations[id].Mapping;
        bool isInFile = !mapping.IsNone && _pattern.IsMatch(_report.Profile.Mappings[mapping].File);
        for (int i = 0; i < lines.Length; i++)
        {
            if ((i == 0 && isInFile) || IsMatch(_report.Profile.Function(lines[i].Function)))
                Mark(lines[i], id, address);
        }
    }

    private bool IsMatch(Function function) =>
        _pattern.IsMatch(function.Name) || _pattern.IsMatch(function.SystemName) || _pattern.IsMatch(function.File);

    private void Mark(Line line, LocationId id, ulong address)
    {
        Function function = _report.Profile.Function(line.Function);
        Functions.Add(function.Name);
        Functions.Add(function.SystemName);
        Addresses.TryAdd(address, id);
    }

    private ulong Address(LocationId id) => _report.Profile.Locations[id].Address is var address and not 0 ? address : unchecked(_firstFree + (ulong)id.Index);
}
