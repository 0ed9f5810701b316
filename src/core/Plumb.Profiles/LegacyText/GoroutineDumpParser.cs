using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using Plumb.Profiles.Building;
using Plumb.Profiles.Input;

namespace Plumb.Profiles.LegacyText;

/// <summary>Reads a <see cref="GoroutineDump"/> line by line. Frames, stacks and states are met again and again: each is kept once.</summary>
internal sealed class GoroutineDumpParser(ProfileLimits limits)
{
    private const int NoFrame = -1;

    private readonly GoroutineFrameTable _frames = new(limits);
    // The frames of a stack leaf first, and at the end what is known of it as a whole.
    private readonly SequenceInterner<int> _stackKeys = new("stacks", limits.MaxStackEntries);
    private readonly List<GoroutineTrace> _stacks = [];
    private readonly StringInterner _words = new();
    private readonly List<string> _wordTexts = [""];
    private readonly ImmutableArray<Goroutine>.Builder _goroutines = ImmutableArray.CreateBuilder<Goroutine>();

    private bool _isOpen;
    private long _id;
    private string _state = "";
    private string _remark = "";
    private long _waitMinutes;
    private bool _isLocked;
    private ImmutableArray<KeyValuePair<string, string>> _labels;

    private Column<int> _stack = new(64);
    private StackTraits _traits;
    private int _createdBy;
    private long? _creatorId;
    private bool _inAncestors;

    private Column<byte> _call = new(256);
    private bool _callIsInlined;
    private bool _callIsCreator;
    private long _skippedLines;

    [Flags]
    private enum StackTraits
    {
        None = 0,
        Elided = 1,
        Unavailable = 2,
    }

    public GoroutineDump Parse(BoundedInput input)
    {
        using var lines = new LineReader(input, limits.MaxStringBytes);
        while (lines.Next())
            Read(lines);

        bool isCut = lines.EndedInsideLine && _isOpen;
        Close();
        if (_goroutines.Count == 0)
            throw new ProfileFormatException($"expected a line 'goroutine N [state]:', found none in {lines.Number} lines");

        return new GoroutineDump(_goroutines.ToImmutable(), isCut, _skippedLines);
    }

    private void Read(LineReader lines)
    {
        ReadOnlySpan<byte> line = lines.Line;
        if (line.IsEmpty)
            Close();
        else if (GoroutineHeader.TryParse(line, out GoroutineHeader header))
            Open(header, lines);
        else if (_isOpen && !_inAncestors)
            ReadBody(line, lines);
    }

    private void Open(GoroutineHeader header, LineReader lines)
    {
        Close();
        if (_goroutines.Count >= limits.MaxSamples)
            throw lines.Fault($"more than the {limits.MaxSamples} goroutines that are accepted");

        _isOpen = true;
        _id = header.Id;
        _state = Word(header.State);
        _remark = Word(header.Remark);
        _waitMinutes = header.WaitMinutes;
        _isLocked = header.IsLockedToThread;
        _labels = GoroutineLabels.Parse(header.Labels, limits.MaxLabelsPerSample);
        _stack.Clear();
        _traits = StackTraits.None;
        _createdBy = NoFrame;
        _creatorId = null;
        _inAncestors = false;
    }

    private void ReadBody(ReadOnlySpan<byte> line, LineReader lines)
    {
        if (line[0] == '\t')
            ReadPlace(line[1..], lines);
        else if (line.StartsWith("created by "u8))
            ReadCreator(line["created by ".Length..]);
        else if (line.StartsWith("..."u8) && line.EndsWith(" frames elided..."u8))
            _traits |= StackTraits.Elided;
        else if (line.StartsWith("[originating from goroutine "u8))
            _inAncestors = true; // GODEBUG=tracebackancestors: the stacks of the creators follow, up to the next blank line.
        else
            ReadCall(line);
    }

    private void ReadCall(ReadOnlySpan<byte> line)
    {
        // A method has parentheses in its name, `net/http.(*conn).serve(0xc0001)`; printed arguments have none.
        int open = line[^1] == ')' ? line.LastIndexOf((byte)'(') : -1;
        Expect(open > 0 ? line[..open] : line, isInlined: line.EndsWith("(...)"u8), isCreator: false);
    }

    private void ReadCreator(ReadOnlySpan<byte> rest)
    {
        int at = rest.LastIndexOf(" in goroutine "u8);
        if (at > 0 && Utf8Parser.TryParse(rest[(at + " in goroutine ".Length)..], out long creator, out _))
        {
            _creatorId = creator;
            rest = rest[..at];
        }

        Expect(rest, isInlined: false, isCreator: true);
    }

    /// <summary>Keeps the first line of a frame until its second arrives.</summary>
    private void Expect(ReadOnlySpan<byte> function, bool isInlined, bool isCreator)
    {
        DropCall();
        _call.Add(function);
        _callIsInlined = isInlined;
        _callIsCreator = isCreator;
    }

    private void ReadPlace(ReadOnlySpan<byte> place, LineReader lines)
    {
        if (place.StartsWith("goroutine running on other thread"u8))
        {
            _traits |= StackTraits.Unavailable;
        }
        else if (_call.Count == 0 || !_frames.TryAdd(_call.Span, place, _callIsInlined, out int frame))
        {
            _skippedLines++;
        }
        else
        {
            AddFrame(frame, lines);
            _call.Clear();
        }
    }

    private void AddFrame(int frame, LineReader lines)
    {
        if (_callIsCreator)
        {
            _createdBy = frame;
            return;
        }

        if (_stack.Count >= limits.MaxStackDepth)
            throw lines.Fault($"a stack of more than the {limits.MaxStackDepth} frames that are accepted");

        _stack.Add(frame);
    }

    private void DropCall()
    {
        if (_call.Count > 0)
            _skippedLines++;

        _call.Clear();
    }

    private void Close()
    {
        if (!_isOpen)
            return;

        DropCall();
        _isOpen = false;
        _goroutines.Add(new Goroutine
        {
            Id = _id,
            State = _state,
            WaitMinutes = _waitMinutes,
            IsLockedToThread = _isLocked,
            Remark = _remark,
            Stack = Stack(),
            CreatedBy = _createdBy == NoFrame ? null : _frames[_createdBy],
            CreatorId = _creatorId,
            Labels = _labels,
        });
    }

    private GoroutineTrace Stack()
    {
        _stack.Add((int)_traits);
        int id = _stackKeys.Intern(_stack.Span);
        if (id == _stacks.Count)
            _stacks.Add(NewStack());

        return _stacks[id];
    }

    private GoroutineTrace NewStack()
    {
        var frames = ImmutableArray.CreateBuilder<GoroutineFrame>(_stack.Count - 1);
        foreach (int frame in _stack.Span[..^1])
            frames.Add(_frames[frame]);

        return new GoroutineTrace(frames.MoveToImmutable(), _traits.HasFlag(StackTraits.Elided), _traits.HasFlag(StackTraits.Unavailable));
    }

    private string Word(ReadOnlySpan<byte> utf8)
    {
        int id = _words.Intern(utf8).Index;
        if (id == _wordTexts.Count)
            _wordTexts.Add(Encoding.UTF8.GetString(utf8));

        return _wordTexts[id];
    }
}
