using System.Globalization;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Measurements;
using Plumb.Reports.Text;

namespace Plumb.Reports.Raw;

/// <summary>Prints a profile as it is: samples with the numbers of their locations, then the locations, then the mappings.</summary>
public sealed class RawText
{
    private readonly Report _report;
    private readonly ReportWriter _writer;
    private readonly Profile _profile;
    private readonly ProfileSelection _selection;

    private RawText(Report report, ReportWriter writer)
    {
        _report = report;
        _writer = writer;
        _profile = report.Profile;
        _selection = report.Selection;
    }

    public static void Write(Report report, ReportWriter writer) => new RawText(report, writer).Write();

    private void Write()
    {
        WriteHeader();
        WriteTypes();
        for (int i = 0; i < _profile.Samples.Count; i++)
        {
            if (_selection.Keeps(i))
                WriteSample(i);
        }

        _writer.WriteLine("Locations");
        for (int i = 0; i < _profile.Locations.Count; i++)
            WriteLocation(_profile.Locations[new LocationId(i)]);

        _writer.WriteLine("Mappings");
        ReadOnlySpan<Mapping> mappings = _profile.Mappings.Rows;
        for (int i = 0; i < mappings.Length; i++)
            WriteMapping(i + 1, mappings[i]);
    }

    private void WriteHeader()
    {
        ProfileHeader header = _profile.Header;
        foreach (string comment in header.Comments)
            WriteLine($"Comment: {comment}");

        if (header.DocUrl.Length > 0)
            WriteLine($"Doc: {header.DocUrl}");

        if (header.PeriodType is { } period)
            WriteLine($"PeriodType: {period.Type} {period.Unit}");

        WriteLine(string.Create(CultureInfo.InvariantCulture, $"Period: {header.Period}"));
        if (header.TimeNanos != 0)
            WriteLine($"Time: {ProfileTime.FormatExact(header.TimeNanos, _report.TimeZone)}");

        if (header.DurationNanos != 0)
        {
            string duration = ProfileTime.FormatDuration(header.DurationNanos);
            WriteLine($"Duration: {duration[..Math.Min(4, duration.Length)]}");
        }
    }

    private void WriteTypes()
    {
        ProfileHeader header = _profile.Header;
        _writer.WriteLine("Samples:");
        WriteLine(string.Join(' ', header.SampleTypes.Select(
            type => $"{type.Type}/{type.Unit}{(type.Type == header.DefaultSampleType ? "[dflt]" : "")}")).Trim());
    }

    private void WriteSample(int sample)
    {
        foreach (long value in _profile.Samples.Values(sample))
        {
            _writer.Write(' ');
            WriteRight(value);
        }

        _writer.Write(": ");
        foreach (LocationId location in _selection.Stack(_profile.Samples.Stacks[sample]))
        {
            if (_selection.IsHidden(location))
                continue;

            _writer.Write((long)_profile.Locations.WrittenId(location));
            _writer.Write(' ');
        }

        _writer.WriteLine();
        LabelSetId labels = _profile.Samples.LabelSets[sample];
        if (labels != default)
            WriteLabels(_profile.LabelSets[labels]);
    }

    private void WriteRight(long value)
    {
        const int Width = 10;
        Span<byte> digits = stackalloc byte[20];
        value.TryFormat(digits, out int count, default, CultureInfo.InvariantCulture);
        for (int i = count; i < Width; i++)
            _writer.Write(' ');

        _writer.Write(digits[..count]);
    }

    private void WriteLabels(ReadOnlySpan<Label> labels)
    {
        var texts = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        var numbers = new SortedDictionary<string, List<Label>>(StringComparer.Ordinal);
        foreach (Label label in labels)
        {
            if (!_selection.ShowsKey(label.Key))
                continue;

            string key = _profile.Strings[label.Key];
            if (label.IsNumber)
                Values(numbers, key).Add(label);
            else
                Values(texts, key).Add(_profile.Strings[label.Text]);
        }

        WriteLabels(texts.Select(label => $"{label.Key}:[{string.Join(' ', label.Value)}]"));
        WriteLabels(numbers.Select(label => $"{label.Key}:[{string.Join(' ', Numbers(label.Value))}]"));

        static List<T> Values<T>(SortedDictionary<string, List<T>> target, string key)
        {
            if (!target.TryGetValue(key, out List<T>? values))
                target.Add(key, values = []);

            return values;
        }
    }

    private void WriteLabels(IEnumerable<string> labels)
    {
        string[] sorted = [.. labels.Order(StringComparer.Ordinal)];
        if (sorted.Length > 0)
            WriteLine($"                {string.Join(' ', sorted)}");
    }

    private IEnumerable<string> Numbers(List<Label> labels)
    {
        bool hasUnits = labels.Exists(label => label.Unit != default);
        return labels.Select(label => hasUnits
            ? string.Create(CultureInfo.InvariantCulture, $"{label.Number} {_profile.Strings[label.Unit]}")
            : label.Number.ToString(CultureInfo.InvariantCulture));
    }

    private void WriteLocation(Location location)
    {
        string mapping = location.Mapping.IsNone ? "" : string.Create(CultureInfo.InvariantCulture, $"M={location.Mapping.Index + 1} ");
        string start = string.Create(CultureInfo.InvariantCulture, $"{_profile.Locations.WrittenId(location.Id),6}: 0x{location.Address:x} {mapping}{(location.IsFolded ? "[F] " : "")}");
        ReadOnlySpan<Line> lines = _selection.Lines(location.Id);
        if (_report.Options.NoInlines && lines.Length > 1)
            lines = lines[^1..];

        if (lines.IsEmpty)
            WriteLine(start);

        foreach (Line line in lines)
        {
            Function function = _profile.Function(line.Function);
            string systemName = function.Name == function.SystemName ? "" : $"({function.SystemName})";
            WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{start}{function.Name} {function.File}:{line.Number}:{Column(line)} s={function.StartLine}{systemName}"));
            start = "             ";
        }
    }

    // Without inlined calls only the line counts, unless columns are asked for.
    private long Column(Line line) => _report.Options.NoInlines && !_report.Options.ShowColumns ? 0 : line.Column;

    private void WriteMapping(int number, Mapping mapping)
    {
        string known = (mapping.HasFunctions ? "[FN]" : "") + (mapping.HasFilenames ? "[FL]" : "")
            + (mapping.HasLineNumbers ? "[LN]" : "") + (mapping.HasInlineFrames && !_report.Options.NoInlines ? "[IN]" : "");
        WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{number}: 0x{mapping.Start:x}/0x{mapping.Limit:x}/0x{mapping.Offset:x} {mapping.File} {mapping.BuildId} {known}"));
    }

    private void WriteLine(string text)
    {
        _writer.WriteProfileText(text);
        _writer.WriteLine();
    }
}
