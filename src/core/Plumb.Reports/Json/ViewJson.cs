using System.Globalization;
using System.Text.Json;
using Plumb.Profiles;
using Plumb.Reports.Measurements;
using Plumb.Reports.Text;

namespace Plumb.Reports.Json;

/// <summary>
/// Writes what all views have in common, and helps with the rest. Everything but printable ASCII is escaped, and so are the characters that
/// mean something in HTML, so that the text is safe on a terminal and in a page.
/// </summary>
internal sealed class ViewJson : IDisposable
{
    private const int Schema = 1;
    private const int FlushBytes = 64 << 10;

    private readonly Report _report;
    private readonly AmountFormat _amounts;

    public ViewJson(Report report, Stream target)
    {
        _report = report;
        _amounts = report.Amounts();
        Writer = new Utf8JsonWriter(target, new JsonWriterOptions { Indented = false });
    }

    public Utf8JsonWriter Writer { get; }

    public void Begin(string view)
    {
        ProfileHeader header = _report.Profile.Header;
        Writer.WriteStartObject();
        Writer.WriteNumber("schema", Schema);
        Writer.WriteString("view", view);
        Mapping main = _report.Profile.Mappings.Count > 0 ? _report.Profile.Mappings.Rows[0] : Mapping.Unknown;
        TextOrNull("file", main.File.Length == 0 ? "" : UnixPath.Base(main.File));
        TextOrNull("buildId", main.BuildId);
        TextOrNull("docUrl", header.DocUrl);
        NumberOrNull("timeNanos", header.TimeNanos);
        NumberOrNull("durationNanos", header.DurationNanos);
        Writer.WriteString("sampleType", _report.SampleTypeName);
        Writer.WriteString("unit", _report.SampleUnit);
        Amount("total", _report.Total);
        Texts("filters", ReportFilters.Active(_report.Options));
        Texts("comments", header.Comments);
        Texts("notes", _report.Notes);
    }

    public void End()
    {
        Writer.WriteEndObject();
        Writer.Flush();
    }

    public void Dispose() => Writer.Dispose();

    /// <summary>An array of objects, which goes out piece by piece.</summary>
    public void Objects<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        Writer.WriteStartArray(name);
        foreach (T item in items)
        {
            Writer.WriteStartObject();
            write(item);
            Writer.WriteEndObject();
            FlushIfLarge();
        }

        Writer.WriteEndArray();
    }

    public void Texts(string name, IEnumerable<string> texts)
    {
        Writer.WriteStartArray(name);
        foreach (string text in texts)
            Writer.WriteStringValue(text);

        Writer.WriteEndArray();
    }

    /// <summary>A value as it is shown, divided when that was asked for.</summary>
    public void Amount(string name, long value) => Writer.WriteNumber(name, _amounts.Divided(value));

    public void FlatAndCum(long flat, long cum)
    {
        Amount("flat", flat);
        Amount("cum", cum);
    }

    /// <summary>In hexadecimal: many readers keep only 53 bits of a number.</summary>
    public void Address(string name, ulong address)
    {
        if (address == 0)
            Writer.WriteNull(name);
        else
            Writer.WriteString(name, string.Create(CultureInfo.InvariantCulture, $"0x{address:x}"));
    }

    public void TextOrNull(string name, string text)
    {
        if (text.Length == 0)
            Writer.WriteNull(name);
        else
            Writer.WriteString(name, text);
    }

    public void NumberOrNull(string name, long number)
    {
        if (number == 0)
            Writer.WriteNull(name);
        else
            Writer.WriteNumber(name, number);
    }

    public void FlushIfLarge()
    {
        if (Writer.BytesPending > FlushBytes)
            Writer.Flush();
    }
}
