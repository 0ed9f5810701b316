using System.Runtime.InteropServices;
using Plumb.Profiles.Building;

namespace Plumb.Profiles.Symbols;

/// <summary>
/// Gives locations of a profile their functions and lines, and functions other names, once something outside of the profile knows them.
/// Samples, stacks and label sets are shared with the profile it started from, so the cost is that of the symbols alone.
/// Not safe for concurrent use.
/// </summary>
public sealed class SymbolEditor
{
    private readonly Profile _source;
    private Mapping[] _mappings;
    private bool _mapsAll;
    private readonly Dictionary<int, Line[]> _lines = [];
    private readonly List<FunctionRow> _functions;
    private readonly Dictionary<FunctionRow, FunctionId> _functionIds = [];
    private readonly StringInterner _strings = new();

    public SymbolEditor(Profile source)
    {
        _source = source;
        _mappings = source.Mappings.Rows.ToArray();
        _functions = [.. source.Functions.Rows];
        for (int i = 0; i < _functions.Count; i++)
            _functionIds.TryAdd(_functions[i], new FunctionId(i));

        // The texts of a table are distinct and in order, so those that are known keep their ids.
        for (int i = 1; i < source.Strings.Count; i++)
            _strings.Intern(source.Strings.Utf8(new StringId(i)));
    }

    /// <summary>The function with these properties, new or known. Its id holds in the profile that is built, and in no other.</summary>
    public FunctionId Function(string name, string systemName, string file, long startLine)
    {
        var row = new FunctionRow(_strings.Intern(name), _strings.Intern(systemName), _strings.Intern(file), startLine);
        ref FunctionId id = ref CollectionsMarshal.GetValueRefOrAddDefault(_functionIds, row, out bool known);
        if (!known)
        {
            id = new FunctionId(_functions.Count);
            _functions.Add(row);
        }

        return id;
    }

    /// <summary>All functions so far: those of the profile first, under their ids.</summary>
    public int FunctionCount => _functions.Count;

    /// <summary>The name a function has by now.</summary>
    public string Name(FunctionId id) => _strings.Text(_functions[id.Index].Name);

    /// <summary>The name that the linker knows.</summary>
    public string SystemName(FunctionId id) => _strings.Text(_functions[id.Index].SystemName);

    /// <summary>Whether a function's name is, byte for byte, the one that the linker knows.</summary>
    public bool HasPlainName(FunctionId id) => _functions[id.Index].Name == _functions[id.Index].SystemName;

    public void Rename(FunctionId id, string name) =>
        _functions[id.Index] = _functions[id.Index] with { Name = _strings.Intern(name) };

    public Mapping Mapping(MappingId id) => _mappings[id.Index];

    public void SetMapping(MappingId id, Mapping mapping) => _mappings[id.Index] = mapping;

    /// <summary>Says where all code of a profile without mappings is.</summary>
    /// <exception cref="InvalidOperationException">The profile has mappings.</exception>
    public void SetOnlyMapping(Mapping mapping)
    {
        if (_mappings.Length > 0)
            throw new InvalidOperationException("the profile has mappings");

        _mappings = [mapping];
        _mapsAll = true;
    }

    /// <param name="lines">Innermost inlined call first; functions of this editor.</param>
    public void SetLines(LocationId id, ReadOnlySpan<Line> lines) => _lines[id.Index] = lines.ToArray();

    /// <summary>Whether the location has lines by now.</summary>
    public bool HasLines(LocationId id) =>
        _lines.TryGetValue(id.Index, out Line[]? lines) ? lines.Length > 0 : !_source.Locations.Lines(id).IsEmpty;

    public Profile Build() => _source.WithSymbols(
        _strings.Build(), new FunctionTable([.. _functions]), new MappingTable([.. _mappings]), _lines.Count == 0 && !_mapsAll ? _source.Locations : Locations());

    private LocationTable Locations()
    {
        LocationTable old = _source.Locations;
        var starts = new int[old.Count + 1];
        var lines = new Column<Line>(old.AllLines.Length + _lines.Count);
        bool[] folded = old.Folded.ToArray();
        for (int i = 0; i < old.Count; i++)
        {
            if (_lines.TryGetValue(i, out Line[]? replaced))
            {
                lines.Add(replaced);
                folded[i] = false;
            }
            else
            {
                lines.Add(old.Lines(new LocationId(i)));
            }

            starts[i + 1] = lines.Count;
        }

        var mappings = new MappingId[old.Count];
        if (!_mapsAll)
            old.Mappings.CopyTo(mappings);

        return new LocationTable(old.Addresses.ToArray(), mappings, folded, lines.ToArray(), starts);
    }
}
