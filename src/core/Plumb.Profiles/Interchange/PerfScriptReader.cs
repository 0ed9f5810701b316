using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using Plumb.Profiles.Building;
using Plumb.Profiles.Input;
using Plumb.Profiles.LegacyText;

namespace Plumb.Profiles.Interchange;

/// <summary>
/// Reads <c>perf script</c>. Sample types are samples/count and, where perf printed periods, one for each event: the clocks are cpu/nanoseconds,
/// others their name/count. Labels are those of perf_data_converter: comm, pid, tid. Addresses are as perf prints them, which may be
/// relative to the file.
/// </summary>
internal sealed class PerfScriptReader(ProfileLimits limits)
{
    private readonly record struct Row(StackId Stack, LabelSetId Labels, int Event, long Period);

    private readonly ProfileBuilder _builder = new(new ProfileHeader(), limits.MaxStackEntries);
    private readonly List<SampleType> _events = [];
    private readonly Dictionary<StringId, int> _eventIds = [];
    private readonly List<LocationId> _stack = [];
    private readonly List<Line> _lines = [];
    private readonly Dictionary<StringId, MappingId> _mappings = [];
    private Column<Row> _rows = new(64);
    private ulong _address;
    private MappingId _mapping;
    private StringId _symbol;
    private bool _hasPeriods;
    private bool _isOpen;
    private bool _hasFrame;
    private LabelSetId _labels;
    private int _event;
    private long _period;
    private long _firstNanos = long.MaxValue;
    private long _lastNanos;

    public Profile Read(BoundedInput input)
    {
        using var lines = new LineReader(input, limits.MaxStringBytes);
        while (lines.Next())
        {
            ReadOnlySpan<byte> line = lines.Line;
            if (line.IsEmpty)
                Close();
            else if (PerfScriptHeader.TryParse(line, out PerfScriptHeader header))
                Open(header, lines);
            else if (_isOpen && TextScanner.IsSpace(line[0]))
                ReadFrame(line, lines);
            else if (line[0] != '#')
                throw lines.Fault("expected 'command pid [cpu] time: period event:' or a frame below it");
        }

        Close();
        return Build();
    }

    private void Open(PerfScriptHeader header, LineReader lines)
    {
        Close();
        if (_rows.Count >= limits.MaxSamples)
            throw lines.Fault($"more than the {limits.MaxSamples} samples that are accepted");

        _isOpen = true;
        _event = EventId(header.Event, lines);
        _period = header.Period;
        _hasPeriods |= header.HasPeriod;
        _labels = Labels(header);
        _firstNanos = Math.Min(_firstNanos, header.TimeNanos);
        _lastNanos = Math.Max(_lastNanos, header.TimeNanos);
        if (PerfScriptFrame.TryParse(header.Rest, out PerfScriptFrame frame))
            Add(frame, lines);
    }

    private LabelSetId Labels(PerfScriptHeader header)
    {
        Label command = Label.OfText(_builder.String("comm"u8), _builder.String(header.Command));
        Label pid = Label.OfNumber(_builder.String("pid"u8), header.Pid);
        return header.Tid == 0
            ? _builder.LabelSet(command, pid)
            : _builder.LabelSet(command, pid, Label.OfNumber(_builder.String("tid"u8), header.Tid));
    }

    private int EventId(ReadOnlySpan<byte> name, LineReader lines)
    {
        ref int id = ref CollectionsMarshal.GetValueRefOrAddDefault(_eventIds, _builder.String(name), out bool known);
        if (known)
            return id;

        // One column is for the number of samples.
        if (_events.Count >= limits.MaxSampleTypes - 1)
            throw lines.Fault($"more than the {limits.MaxSampleTypes - 1} events that are accepted");

        id = _events.Count;
        _events.Add(IsClock(name) ? SampleType.Cpu : new SampleType(Encoding.UTF8.GetString(name), "count"));
        return id;
    }

    private static bool IsClock(ReadOnlySpan<byte> name) => name.SequenceEqual("cpu-clock"u8) || name.SequenceEqual("task-clock"u8);

    private void ReadFrame(ReadOnlySpan<byte> line, LineReader lines)
    {
        if (PerfScriptFrame.TryParse(line, out PerfScriptFrame frame))
            Add(frame, lines);
        else
            AddSource(line.Trim(" \t"u8));
    }

    private void Add(PerfScriptFrame frame, LineReader lines)
    {
        // Inlined calls stand before the frame that has their code, with its address.
        if (_hasFrame)
            CloseLocation();

        if (_stack.Count >= limits.MaxStackDepth || _lines.Count >= limits.MaxLinesPerLocation)
            throw lines.Fault($"a stack of more than the {limits.MaxStackDepth} frames that are accepted");

        _address = frame.Address;
        _mapping = Mapping(frame.File);
        _symbol = _builder.String(frame.Symbol);
        if (!frame.Symbol.IsEmpty)
            _lines.Add(new Line(_builder.Function(new FunctionRow(_symbol, _symbol, default, 0)), 0));

        _hasFrame = !frame.IsInlined;
    }

    /// <summary>The line <c>main.c:37</c> that <c>-F +srcline</c> puts below a frame.</summary>
    private void AddSource(ReadOnlySpan<byte> source)
    {
        int colon = source.LastIndexOf((byte)':');
        if (colon <= 0 || _lines.Count == 0 || !Utf8Parser.TryParse(source[(colon + 1)..], out int number, out int digits) || digits == 0)
            return;

        _lines[^1] = new Line(_builder.Function(new FunctionRow(_symbol, _symbol, _builder.String(source[..colon]), 0)), number);
    }

    private MappingId Mapping(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
            return MappingId.None;

        ref MappingId id = ref CollectionsMarshal.GetValueRefOrAddDefault(_mappings, _builder.String(file), out bool known);
        if (!known)
            id = _builder.Mapping(new Mapping(0, 0, 0, Encoding.UTF8.GetString(file), "") { HasFunctions = true });

        return id;
    }

    private void CloseLocation()
    {
        _stack.Add(_builder.Location(_address, _mapping, CollectionsMarshal.AsSpan(_lines)));
        _lines.Clear();
        _hasFrame = false;
    }

    private void Close()
    {
        if (!_isOpen)
            return;

        if (_hasFrame || _lines.Count > 0)
            CloseLocation();

        _rows.Add(new Row(_builder.Stack(CollectionsMarshal.AsSpan(_stack)), _labels, _event, _period));
        _stack.Clear();
        _isOpen = false;
    }

    private Profile Build()
    {
        List<SampleType> types = [SampleType.Samples];
        if (_hasPeriods)
            types.AddRange(_events);

        _builder.Header = new ProfileHeader
        {
            SampleTypes = [.. types],
            DefaultSampleType = types[Math.Min(1, types.Count - 1)].Type,
            PeriodType = types.Count == 2 ? types[1] : null,
            Period = types.Count == 2 ? CommonPeriod() : 0,
            DurationNanos = Math.Max(0, _lastNanos - _firstNanos),
        };
        var values = new long[types.Count];
        foreach (Row row in _rows.Span)
        {
            Array.Clear(values);
            values[0] = 1;
            if (_hasPeriods)
                values[row.Event + 1] = row.Period;

            _builder.AddSample(row.Stack, values, row.Labels);
        }

        return _builder.Build();
    }

    /// <summary>The period if it never changed: with <c>-F</c> perf adapts it to keep the frequency.</summary>
    private long CommonPeriod()
    {
        foreach (Row row in _rows.Span)
        {
            if (row.Period != _rows[0].Period)
                return 0;
        }

        return _rows.Count > 0 ? _rows[0].Period : 0;
    }
}
