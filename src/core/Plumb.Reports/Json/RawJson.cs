using System.Text.Json;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;

namespace Plumb.Reports.Json;

/// <summary>A profile as it is; values are not divided.</summary>
internal static class RawJson
{
    public static void Write(Report report, ViewJson json)
    {
        ProfileHeader header = report.Profile.Header;
        json.Objects("sampleTypes", header.SampleTypes, type => Write(type, json));
        json.TextOrNull("defaultSampleType", header.DefaultSampleType);
        if (header.PeriodType is { } period)
        {
            json.Writer.WriteStartObject("periodType");
            Write(period, json);
            json.Writer.WriteEndObject();
        }
        else
        {
            json.Writer.WriteNull("periodType");
        }

        json.Writer.WriteNumber("period", header.Period);
        WriteSamples(report, json);
        WriteLocations(report, json);
        int id = 0;
        json.Objects("mappings", report.Profile.Mappings.Rows.ToArray(), mapping =>
        {
            json.Writer.WriteNumber("id", ++id);
            json.Address("start", mapping.Start);
            json.Address("limit", mapping.Limit);
            json.Address("offset", mapping.Offset);
            json.TextOrNull("file", mapping.File);
            json.TextOrNull("buildId", mapping.BuildId);
        });
    }

    private static void Write(SampleType type, ViewJson json)
    {
        json.Writer.WriteString("type", type.Type);
        json.Writer.WriteString("unit", type.Unit);
    }

    private static void WriteSamples(Report report, ViewJson json)
    {
        Utf8JsonWriter writer = json.Writer;
        Profile profile = report.Profile;
        ProfileSelection selection = report.Selection;
        writer.WriteStartArray("samples");
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            if (!selection.Keeps(i))
                continue;

            writer.WriteStartObject();
            writer.WriteStartArray("values");
            foreach (long value in profile.Samples.Values(i))
                writer.WriteNumberValue(value);

            writer.WriteEndArray();
            writer.WriteStartArray("locations");
            foreach (LocationId location in selection.Stack(profile.Samples.Stacks[i]))
            {
                if (!selection.IsHidden(location))
                    writer.WriteNumberValue(profile.Locations.WrittenId(location));
            }

            writer.WriteEndArray();
            LabelsJson.Write(report, profile.Samples.LabelSets[i], writer);
            writer.WriteEndObject();
            json.FlushIfLarge();
        }

        writer.WriteEndArray();
    }

    private static void WriteLocations(Report report, ViewJson json)
    {
        Profile profile = report.Profile;
        json.Objects("locations", Enumerable.Range(0, profile.Locations.Count).Select(i => profile.Locations[new LocationId(i)]), location =>
        {
            json.Writer.WriteNumber("id", profile.Locations.WrittenId(location.Id));
            json.Address("address", location.Address);
            if (location.Mapping.IsNone)
                json.Writer.WriteNull("mapping");
            else
                json.Writer.WriteNumber("mapping", location.Mapping.Index + 1);

            json.Writer.WriteBoolean("folded", location.IsFolded);
            ReadOnlySpan<Line> lines = report.Selection.Lines(location.Id);
            if (report.Options.NoInlines && lines.Length > 1)
                lines = lines[^1..];

            json.Objects("lines", lines.ToArray(), line =>
            {
                Function function = profile.Function(line.Function);
                json.Writer.WriteString("function", function.Name);
                json.TextOrNull("systemName", function.SystemName);
                json.TextOrNull("file", function.File);
                json.NumberOrNull("startLine", function.StartLine);
                json.NumberOrNull("line", line.Number);
                json.NumberOrNull("column", line.Column);
            });
        });
    }
}
