using System.Text.Json;
using Plumb.Profiles;

namespace Plumb.Reports.Json;

/// <summary>The labels of a sample: texts, and numbers with their units.</summary>
internal static class LabelsJson
{
    public static void Write(Report report, LabelSetId set, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("labels");
        foreach (Label label in report.Profile.LabelSets[set])
        {
            if (!report.Selection.ShowsKey(label.Key))
                continue;

            writer.WriteStartObject();
            writer.WriteString("key", report.Profile.Strings[label.Key]);
            if (label.IsNumber)
            {
                writer.WriteNumber("number", label.Number);
                string unit = report.Profile.Strings[label.Unit];
                writer.WriteString("unit", unit.Length > 0 ? unit : report.LabelUnits[label.Key]);
            }
            else
            {
                writer.WriteString("text", report.Profile.Strings[label.Text]);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
