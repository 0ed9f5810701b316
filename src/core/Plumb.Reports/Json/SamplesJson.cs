using System.Text.Json;
using Plumb.Profiles;
using Plumb.Profiles.Folded;
using Plumb.Reports.Exports;
using Plumb.Reports.Graphs;
using Plumb.Reports.Measurements;

namespace Plumb.Reports.Json;

/// <summary>Views of single samples. They can be gigabytes: names are encoded once, and nothing is kept.</summary>
internal static class SamplesJson
{
    public static void WriteTraces(Report report, ViewJson json)
    {
        (NodeTable table, FrameMap frames) = NodeSource.Locations(report);
        var names = new JsonEncodedText[table.Count];
        for (int i = 0; i < names.Length; i++)
            names[i] = JsonEncodedText.Encode(table.Name(i));

        Utf8JsonWriter writer = json.Writer;
        Profile profile = report.Profile;
        writer.WriteStartArray("samples");
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            ReadOnlySpan<LocationId> stack = report.Selection.Stack(profile.Samples.Stacks[i]);
            if (!report.Selection.Keeps(i) || !HasFrame(stack, frames))
                continue;

            writer.WriteStartObject();
            json.Amount("value", Value(report, i));
            LabelsJson.Write(report, profile.Samples.LabelSets[i], writer);
            writer.WriteStartArray("stack");
            foreach (LocationId location in stack)
                WriteFrames(frames[location], names, writer);

            writer.WriteEndArray();
            writer.WriteEndObject();
            json.FlushIfLarge();
        }

        writer.WriteEndArray();
    }

    public static void WriteFolded(Report report, ViewJson json)
    {
        // The text decides what is one stack and what a frame is called, so it is asked.
        using var text = new MemoryStream();
        FoldedText.Write(ProfileExport.Of(report), text, report.Column);
        Profile folded = FoldedText.Parse(text.GetBuffer().AsMemory(0, (int)text.Length), ProfileLimits.Default);
        Utf8JsonWriter writer = json.Writer;
        writer.WriteStartArray("stacks");
        for (int i = 0; i < folded.Samples.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteNumber("value", folded.Samples.Values(i)[0]);
            writer.WriteStartArray("frames");
            ReadOnlySpan<LocationId> stack = folded.Stacks[folded.Samples.Stacks[i]];
            for (int frame = stack.Length - 1; frame >= 0; frame--)
                writer.WriteStringValue(folded.Function(folded.Locations.Lines(stack[frame])[0].Function).Name);

            writer.WriteEndArray();
            writer.WriteEndObject();
            json.FlushIfLarge();
        }

        writer.WriteEndArray();
    }

    private static bool HasFrame(ReadOnlySpan<LocationId> stack, FrameMap frames)
    {
        foreach (LocationId location in stack)
        {
            if (!frames[location].IsEmpty)
                return true;
        }

        return false;
    }

    private static void WriteFrames(ReadOnlySpan<int> nodes, JsonEncodedText[] names, Utf8JsonWriter writer)
    {
        for (int i = 0; i < nodes.Length; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("name", names[nodes[i]]);
            writer.WriteBoolean("inline", i < nodes.Length - 1);
            writer.WriteEndObject();
        }
    }

    private static long Value(Report report, int sample)
    {
        ReadOnlySpan<long> values = report.Profile.Samples.Values(sample);
        long divisor = report.DivisorColumn < 0 ? 0 : values[report.DivisorColumn];
        return SampleValues.Mean(values[report.Column], divisor);
    }
}
