using System.Text;
using Plumb.Profiles.Input;

namespace Plumb.Profiles.LegacyText;

/// <summary>
/// Reads the listing of mappings that ends most legacy profiles: the lines of /proc/self/maps, or the brief form
/// <c>40000-80000: /path/to/binary (@ff00) build-id</c>. A line <c>name=value</c> defines <c>$name</c> for the lines after it; prefixes of glog are cut.
/// </summary>
internal sealed class MemoryMapReader(ProfileLimits limits)
{
    private const int MaxAttributes = 1000;
    private const int MaxLineBytes = 64 << 10;
    // The longest path of Linux. A line of many names must not grow into a book.
    private const int MaxSubstituted = 4096;

    private readonly List<Mapping> _mappings = [];
    private readonly List<(string Name, string Value)> _attributes = [];

    /// <summary>Whether a line announces the listing.</summary>
    public static bool IsStart(ReadOnlySpan<byte> line) =>
        line.IndexOf("--- Memory map: ---"u8) >= 0 || line.IndexOf("MAPPED_LIBRARIES:"u8) >= 0;

    /// <summary>Reads from the line after the current one to the end, once a line has announced the listing; skips what stands before.</summary>
    /// <param name="lines">At the last line that was not a sample, or at the end.</param>
    public MemoryMap ReadAfterStart(LineReader lines)
    {
        bool started = IsStart(lines.Line);
        while (!started && lines.Next())
            started = IsStart(lines.Line);

        return Read(lines);
    }

    /// <summary>Reads from the line after the current one to the end.</summary>
    public MemoryMap Read(LineReader lines)
    {
        while (lines.Next())
        {
            if (lines.Line.Length <= MaxLineBytes)
                Read(lines.Line, lines);
        }

        return MemoryMap.From(_mappings);
    }

    private void Read(ReadOnlySpan<byte> line, LineReader lines)
    {
        line = WithoutLogPrefix(line);
        if (_attributes.Count > 0 && line.Contains((byte)'$'))
            line = Encoding.UTF8.GetBytes(Substitute(Encoding.UTF8.GetString(line)));

        if (!MappingLine.TryParse(line, out Mapping? mapping))
            AddAttribute(line);
        else if (mapping is not null)
            Add(mapping, lines);
    }

    private void Add(Mapping mapping, LineReader lines)
    {
        if (_mappings.Count >= limits.MaxMappings)
            throw lines.Fault($"more than the {limits.MaxMappings} mappings that are accepted");

        _mappings.Add(mapping);
    }

    private void AddAttribute(ReadOnlySpan<byte> line)
    {
        int equals = line.IndexOf((byte)'=');
        if (equals >= 0 && _attributes.Count < MaxAttributes)
            _attributes.Add(("$" + Encoding.UTF8.GetString(line[..equals]).Trim(), Encoding.UTF8.GetString(line[(equals + 1)..]).Trim()));
    }

    private string Substitute(string line)
    {
        var text = new StringBuilder();
        for (int i = 0; i < line.Length && text.Length <= MaxSubstituted;)
        {
            int attribute = line[i] == '$' ? _attributes.FindIndex(a => string.CompareOrdinal(line, i, a.Name, 0, a.Name.Length) == 0) : -1;
            text.Append(attribute < 0 ? line[i].ToString() : _attributes[attribute].Value);
            i += attribute < 0 ? 1 : _attributes[attribute].Name.Length;
        }

        return text.ToString();
    }

    /// <summary>Cuts what glog puts first: <c>I1121 10:17:24.000000 1 main.cc:12] </c>.</summary>
    private static ReadOnlySpan<byte> WithoutLogPrefix(ReadOnlySpan<byte> line)
    {
        int bracket = line.IndexOfAny((byte)'[', (byte)']');
        if (bracket < 1 || line[bracket] != ']' || bracket + 1 == line.Length || !TextScanner.IsSpace(line[bracket + 1]))
            return line;

        int colon = line[..bracket].LastIndexOf((byte)':');
        return colon > 0 && colon + 1 < bracket && line[(colon + 1)..bracket].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 ? line[(bracket + 2)..] : line;
    }
}
