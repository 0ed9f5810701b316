using System.Runtime.InteropServices;

namespace Plumb.Leaks.Stacks;

/// <summary>
/// The frames and stacks of a whole series, each once. A stack is what it waits for and its frames leaf first, without
/// addresses, type arguments and the runtime's own leaf frames, so that it is the same in every snapshot and in both forms
/// of a goroutine profile.
/// </summary>
internal sealed class StackCatalog(int maxStacks)
{
    private readonly Dictionary<(string Symbol, string File, int Line), int> _frameIds = [];
    private readonly List<(string Function, string Package, string File, int Line, bool IsGeneric)> _frames = [];
    private readonly Dictionary<string, int> _typeIds = [];
    private readonly HashSet<int> _types = [];
    private readonly Dictionary<string, (string Function, string Package)> _symbols = [];
    private readonly Dictionary<StackRow, StackKey> _stackKeys = [];
    private readonly List<StackRow> _stacks = [];
    private Frame[]? _classified;

    /// <summary>What the profiles of a .NET program say of its modules; empty for one of Go.</summary>
    public DotNetModules Modules { get; } = new();

    public int Count => _stacks.Count;

    /// <summary>Stacks that came after the limit and are in no series.</summary>
    public int Refused { get; private set; }

    public int FrameId(string symbol, string file, int line)
    {
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_frameIds, (symbol, file, line), out var known);
        if (known) return id;
        ref var parsed = ref CollectionsMarshal.GetValueRefOrAddDefault(_symbols, symbol, out var seen);
        if (!seen) parsed = GoSymbol.Parse(symbol);
        id = _frames.Count;
        _frames.Add((parsed.Function, parsed.Package, file, line, symbol.Contains('[', StringComparison.Ordinal)));
        return id;
    }

    /// <summary>A leaf that says what was allocated, where a heap knows the type: no function, so it is never anyone's to mend.</summary>
    public int TypeId(string type)
    {
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_typeIds, type, out var known);
        if (known) return id;
        id = _frames.Count;
        _types.Add(id);
        _frames.Add((type, "", "", 0, false));
        return id;
    }

    public bool IsType(int frameId) => _types.Contains(frameId);

    public string FunctionOf(int frameId) => _frames[frameId].Function;

    /// <summary>The stack's key; null once the catalog is full.</summary>
    public StackKey? Intern(WaitState state, ReadOnlySpan<int> frames)
    {
        var row = new StackRow(state, frames.ToArray());
        if (_stackKeys.TryGetValue(row, out var key)) return key;
        if (_stacks.Count >= maxStacks)
        {
            Refused++;
            return null;
        }

        key = new StackKey(_stacks.Count);
        _stacks.Add(row);
        _stackKeys.Add(row, key);
        return key;
    }

    public WaitState State(StackKey key) => _stacks[key.Index].State;

    public ReadOnlySpan<int> FrameIds(StackKey key) => _stacks[key.Index].Frames;

    /// <summary>Whether the frames so far are of a .NET program.</summary>
    public bool IsDotNet() => DotNetClassifier.IsDotNet(_frames.Select(f => (f.Function, f.File)));

    /// <summary>Classifies all frames; call it when everything has been added, as the main module is found from all of them.</summary>
    public void Classify(string? mainModule)
    {
        var isDotNet = IsDotNet();
        var ownerOf = isDotNet ? OwnerInDotNet() : OwnerInGo(mainModule);
        _classified =
        [
            .. _frames.Select((f, i) => new Frame(f.Function, f.Package, f.File, f.Line, _types.Contains(i) ? FrameOwner.Standard : ownerOf(i)) { IsDotNet = isDotNet, IsGeneric = f.IsGeneric }),
        ];
    }

    private Func<int, FrameOwner> OwnerInGo(string? mainModule)
    {
        var classifier = new FrameClassifier(_frames.Select(f => (f.Function, f.Package, f.File)), mainModule);
        return i => classifier.Classify(_frames[i].Package, _frames[i].File);
    }

    private Func<int, FrameOwner> OwnerInDotNet()
    {
        var classifier = new DotNetClassifier(_frames.Select(f => (f.Function, f.File)), Modules);
        return i => classifier.Classify(_frames[i].Function, _frames[i].File);
    }

    /// <summary>The frames, leaf first.</summary>
    /// <exception cref="InvalidOperationException">Before <see cref="Classify"/>.</exception>
    public Frame[] Frames(StackKey key) => Array.ConvertAll(_stacks[key.Index].Frames, Frame);

    public Frame Frame(int frameId) => (_classified ?? throw new InvalidOperationException("frames are not classified yet"))[frameId];

    private readonly struct StackRow(WaitState state, int[] frames) : IEquatable<StackRow>
    {
        public WaitState State { get; } = state;

        public int[] Frames { get; } = frames;

        public bool Equals(StackRow other) => State == other.State && Frames.AsSpan().SequenceEqual(other.Frames);

        public override bool Equals(object? obj) => obj is StackRow other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.Add(State);
            hash.AddBytes(MemoryMarshal.AsBytes(Frames.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
