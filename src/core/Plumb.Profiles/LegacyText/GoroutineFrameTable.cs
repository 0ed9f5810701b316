using System.Buffers.Text;
using System.Text;
using Plumb.Profiles.Building;

namespace Plumb.Profiles.LegacyText;

/// <summary>
/// The distinct frames of a dump. They are told apart by the bytes of their two lines, so that a frame is taken apart once and not
/// each time it is met.
/// </summary>
internal sealed class GoroutineFrameTable(ProfileLimits limits)
{
    private readonly SequenceInterner<byte> _texts = new("frames");
    // Null for two lines that do not make a frame.
    private readonly List<GoroutineFrame?> _frames = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private Column<byte> _key = new(256);

    public GoroutineFrame this[int id] => _frames[id]!;

    /// <param name="function">The function without its arguments.</param>
    /// <param name="place">The second line without its tab: <c>/src/main.go:12 +0x1d</c>.</param>
    /// <param name="isInlined">Whether the arguments were <c>(...)</c>.</param>
    /// <param name="id">The frame's row.</param>
    /// <returns>False when the second line names no place.</returns>
    public bool TryAdd(ReadOnlySpan<byte> function, ReadOnlySpan<byte> place, bool isInlined, out int id)
    {
        // Frame and stack pointers (GOTRACEBACK=system) differ from goroutine to goroutine; they are no part of the place.
        int pointers = place.IndexOf(" fp=0x"u8);
        if (pointers >= 0)
            place = place[..pointers];

        _key.Clear();
        _key.Add(function);
        _key.Add(isInlined ? (byte)'\n' : (byte)'\t');
        _key.Add(place);
        id = _texts.Intern(_key.Span);
        if (id == _frames.Count)
            _frames.Add(Parse(function, place, isInlined));

        return _frames[id] is not null;
    }

    private GoroutineFrame? Parse(ReadOnlySpan<byte> function, ReadOnlySpan<byte> place, bool isInlined)
    {
        if (_frames.Count >= limits.MaxLocations)
            throw new ProfileFormatException($"more than the {limits.MaxLocations} distinct frames that are accepted");

        // C code without symbols: an address alone.
        if (place.StartsWith("pc=0x"u8))
            return new GoroutineFrame(Name(function), "", 0, 0, isInlined);

        int colon = place.LastIndexOf((byte)':');
        if (colon <= 0 || !Utf8Parser.TryParse(place[(colon + 1)..], out int line, out int digits))
            return null;

        ReadOnlySpan<byte> rest = place[(colon + 1 + digits)..];
        long offset = 0;
        if (rest.StartsWith(" +0x"u8) && !Utf8Parser.TryParse(rest[" +0x".Length..], out offset, out _, 'x'))
            offset = 0;

        return new GoroutineFrame(Name(function), Name(place[..colon]), line, offset, isInlined);
    }

    private string Name(ReadOnlySpan<byte> utf8)
    {
        string name = Encoding.UTF8.GetString(utf8);
        if (_names.TryGetValue(name, out string? known))
            return known;

        _names.Add(name, name);
        return name;
    }
}
