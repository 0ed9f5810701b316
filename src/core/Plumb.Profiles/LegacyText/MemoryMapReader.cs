using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Plumb.Profiles.Input;

namespace Plumb.Profiles.LegacyText;

/// <summary>
/// Reads the listing of mappings that ends most legacy profiles: the lines of /proc/self/maps, or the brief form
/// <c>40000-80000: /path/to/binary (@ff00) build-id</c>. A line <c>name=value</c> defines <c>$name</c> for the lines after it; prefixes of glog are cut.
/// </summary>
internal sealed class MemoryMapReader(ProfileLimits limits)
{
    // Linear on any input: a mapping's line is as hostile as the rest.
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private const string Range = @"^[ \t]*(?:0x)?(?<start>[0-9A-Fa-f]+)[ \t-]?[ \t]*(?:0x)?(?<limit>[0-9A-Fa-f]+):?(?:[ \t]+(?<perm>[-rwxp]+))?";

    private static readonly Regex ProcMaps = new(
        Range + @"(?:[ \t]+(?<offset>[0-9A-Fa-f]+))?[ \t]+[0-9A-Fa-f]+:[0-9A-Fa-f]+[ \t]+[0-9]+(?:[ \t]+(?<file>[^ \t]+))?", Options);

    private static readonly Regex BriefMaps = new(
        Range + @"(?:[ \t]+(?<file>[^ \t]+))?(?:[ \t]+\(@(?<offset>[0-9A-Fa-f]+)\))?(?:[ \t]+(?<build>[0-9A-Fa-f]+))?", Options);

    // I1121 10:17:24.000000 1 main.cc:12] text
    private static readonly Regex LogPrefix = new(@"^[^\[\]]+:[0-9]+\][ \t]", Options);

    private const int MaxAttributes = 1000;
    private const int MaxLineBytes = 64 << 10;

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

    private void Read(ReadOnlySpan<byte> utf8, LineReader lines)
    {
        string line = Substitute(WithoutLogPrefix(Encoding.UTF8.GetString(utf8)));
        Match match = ProcMaps.Match(line);
        if (!match.Success)
            match = BriefMaps.Match(line);

        if (match.Success && TryHex(match.Groups["start"], out ulong start) && TryHex(match.Groups["limit"], out ulong limit) && TryOffset(match, out ulong offset))
            Add(match, start, limit, offset, lines);
        else
            AddAttribute(line);
    }

    private void Add(Match match, ulong start, ulong limit, ulong offset, LineReader lines)
    {
        Group permissions = match.Groups["perm"];
        if (permissions.Length > 0 && !permissions.ValueSpan.Contains('x'))
            return; // Not code.

        if (_mappings.Count >= limits.MaxMappings)
            throw lines.Fault($"more than the {limits.MaxMappings} mappings that are accepted");

        _mappings.Add(new Mapping(start, limit, offset, match.Groups["file"].Value, match.Groups["build"].Value));
    }

    private void AddAttribute(string line)
    {
        int equals = line.IndexOf('=', StringComparison.Ordinal);
        if (equals >= 0 && _attributes.Count < MaxAttributes)
            _attributes.Add(("$" + line[..equals].Trim(), line[(equals + 1)..].Trim()));
    }

    private string Substitute(string line)
    {
        if (_attributes.Count == 0 || !line.Contains('$', StringComparison.Ordinal))
            return line;

        var text = new StringBuilder();
        for (int i = 0; i < line.Length && text.Length <= MaxLineBytes;)
        {
            int attribute = line[i] == '$' ? _attributes.FindIndex(a => string.CompareOrdinal(line, i, a.Name, 0, a.Name.Length) == 0) : -1;
            text.Append(attribute < 0 ? line[i].ToString() : _attributes[attribute].Value);
            i += attribute < 0 ? 1 : _attributes[attribute].Name.Length;
        }

        return text.ToString();
    }

    private static string WithoutLogPrefix(string line)
    {
        Match prefix = LogPrefix.Match(line);
        return prefix.Success ? line[prefix.Length..] : line;
    }

    private static bool TryOffset(Match match, out ulong offset)
    {
        offset = 0;
        Group group = match.Groups["offset"];
        return group.Length == 0 || TryHex(group, out offset);
    }

    private static bool TryHex(Group digits, out ulong number) =>
        ulong.TryParse(digits.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
}
