using System.Runtime.InteropServices;
using Plumb.Profiles;
using Plumb.Reports.Text;

namespace Plumb.Reports.Graphs;

/// <summary>The distinct entries of a report, with dense ids. Texts are made only for entries that are shown.</summary>
internal sealed class NodeTable
{
    private readonly Profile _profile;
    private readonly NodeDetail _detail;
    private readonly SourceTrimming _trimming;
    private readonly MappingId[] _objects;
    private readonly Dictionary<NodeKey, int> _ids = [];
    private readonly List<NodeKey> _keys = [];
    private readonly Dictionary<StringId, int> _files = [];
    private readonly Dictionary<string, int> _fileIds = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<string> _fileNames = [""];
    private readonly List<string?> _names = [];

    public NodeTable(Profile profile, NodeDetail detail, SourceTrimming trimming)
    {
        _profile = profile;
        _detail = detail;
        _trimming = trimming;
        _objects = ObjectsByFile(profile);
    }

    public int Count => _keys.Count;

    public int Intern(Location location, Line line)
    {
        FunctionRow function = _profile.Functions[line.Function];
        StringId name = _detail.Function ? function.Name : default;
        bool withObject = _detail.AlwaysObject || name == default;
        return Intern(new NodeKey(
            name,
            _detail.Address ? location.Address : 0,
            _detail.File ? FileId(function.File) : 0,
            withObject ? function.StartLine : 0,
            _detail.Line ? line.Number : 0,
            _detail.Column ? line.Column : 0,
            withObject ? Object(location.Mapping) : MappingId.None));
    }

    /// <summary>The entry of a location without symbols.</summary>
    public int Intern(Location location) =>
        Intern(new NodeKey(default, _detail.Address ? location.Address : 0, 0, 0, 0, 0, Object(location.Mapping)));

    public NodeInfo Info(int id)
    {
        NodeKey key = _keys[id];
        return new NodeInfo(
            _profile.Strings[key.Name], key.Address, _fileNames[key.File], key.StartLine, key.Line, key.Column, ObjectFile(key.Object));
    }

    public string Name(int id) => _names[id] ??= Info(id).PrintableName;

    public ulong Address(int id) => _keys[id].Address;

    private MappingId Object(MappingId id) => id.IsNone ? id : _objects[id.Index];

    // Several mappings of one binary are one object, and a mapping without a file is none.
    private static MappingId[] ObjectsByFile(Profile profile)
    {
        var first = new Dictionary<string, MappingId>(StringComparer.Ordinal) { [""] = MappingId.None };
        var objects = new MappingId[profile.Mappings.Count];
        for (int i = 0; i < objects.Length; i++)
        {
            string file = profile.Mappings.Rows[i].File;
            first.TryAdd(file, new MappingId(i));
            objects[i] = first[file];
        }

        return objects;
    }

    private string ObjectFile(MappingId id) => id.IsNone ? "" : _profile.Mappings[id].File;

    private int Intern(NodeKey key)
    {
        ref int id = ref CollectionsMarshal.GetValueRefOrAddDefault(_ids, key, out bool known);
        if (!known)
        {
            id = _keys.Count;
            _keys.Add(key);
            _names.Add(null);
        }

        return id;
    }

    private int FileId(StringId file)
    {
        if (_files.TryGetValue(file, out int id))
            return id;

        string path = _trimming.Trim(_profile.Strings[file]);
        string clean = path.Length == 0 ? "" : UnixPath.Clean(path);
        if (!_fileIds.TryGetValue(clean, out id))
        {
            id = _fileNames.Count;
            _fileNames.Add(clean);
            _fileIds.Add(clean, id);
        }

        _files.Add(file, id);
        return id;
    }

    private readonly record struct NodeKey(
        StringId Name, ulong Address, int File, long StartLine, long Line, long Column, MappingId Object);
}
