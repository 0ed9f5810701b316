using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using Plumb.Profiles.Building;
using Plumb.Profiles.Input;

namespace Plumb.Profiles.Folded;

/// <summary>Reads <see cref="FoldedText"/>.</summary>
internal sealed class FoldedReader
{
    private readonly ProfileLimits _limits;
    private readonly ProfileBuilder _builder;
    private readonly long[] _values;
    private readonly List<LocationId> _stack = [];
    // By name, one more than the location's row, or 0: a frame is met again and again, and its location depends on nothing else.
    private Column<int> _locations = new(64);
    private Column<byte> _scratch = new(256);

    public FoldedReader(ProfileLimits limits, SampleType[] sampleTypes)
    {
        _limits = limits;
        _builder = new ProfileBuilder(new ProfileHeader { SampleTypes = [.. sampleTypes] }, limits.MaxStackEntries);
        _values = new long[sampleTypes.Length];
    }

    public Profile Read(BoundedInput input)
    {
        using var lines = new LineReader(input, _limits.MaxStringBytes);
        while (lines.Next())
        {
            ReadOnlySpan<byte> line = lines.Line.TrimEnd((byte)' ');
            if (!line.IsEmpty && line[0] != '#')
                ReadSample(line, lines);
        }

        return _builder.Build();
    }

    private void ReadSample(ReadOnlySpan<byte> line, LineReader lines)
    {
        if (_builder.SampleCount >= _limits.MaxSamples)
            throw lines.Fault($"more than the {_limits.MaxSamples} samples that are accepted");

        ReadOnlySpan<byte> frames = ReadValues(line, lines);
        _stack.Clear();
        while (!frames.IsEmpty)
        {
            int semicolon = frames.IndexOf((byte)';');
            AddFrame(semicolon < 0 ? frames : frames[..semicolon], lines);
            frames = semicolon < 0 ? default : frames[(semicolon + 1)..];
        }

        _stack.Reverse();
        _builder.AddSample(_builder.Stack(CollectionsMarshal.AsSpan(_stack)), _values);
    }

    /// <summary>Takes the values off the end of the line; returns the frames.</summary>
    private ReadOnlySpan<byte> ReadValues(ReadOnlySpan<byte> line, LineReader lines)
    {
        for (int i = _values.Length - 1; i >= 0; i--)
        {
            int space = line.LastIndexOf((byte)' ');
            ReadOnlySpan<byte> number = line[(space + 1)..];
            if (!Utf8Parser.TryParse(number, out _values[i], out int digits) || digits != number.Length || (space < 0 && i > 0))
                throw lines.Fault($"expected a stack and {_values.Length} whole number{(_values.Length == 1 ? "" : "s")}, found '{Excerpt(lines.Line)}'");

            line = line[..Math.Max(space, 0)];
        }

        return line;
    }

    private void AddFrame(ReadOnlySpan<byte> frame, LineReader lines)
    {
        if (_stack.Count >= _limits.MaxStackDepth)
            throw lines.Fault($"a stack of more than the {_limits.MaxStackDepth} frames that are accepted");

        _stack.Add(Location(_builder.String(FoldedEscape.Decode(frame, ref _scratch))));
    }

    private LocationId Location(StringId name)
    {
        while (_locations.Count <= name.Index)
            _locations.Add(0);

        ref int row = ref _locations[name.Index];
        if (row == 0)
            row = _builder.Location(_builder.Function(new FunctionRow(name, name, default, 0))).Index + 1;

        return new LocationId(row - 1);
    }

    private static string Excerpt(ReadOnlySpan<byte> line)
    {
        const int MaxBytes = 60;
        string text = TerminalText.Escape(Encoding.UTF8.GetString(line[..Math.Min(line.Length, MaxBytes)]));
        return line.Length > MaxBytes ? text + "…" : text;
    }
}
