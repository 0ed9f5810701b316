using System.Text;
using Plumb.Profiles;
using Plumb.Reports.Graphs;
using Plumb.Reports.Measurements;
using Plumb.Reports.Text;

namespace Plumb.Reports.Traces;

/// <summary>
/// Prints every sample with its labels and stack. Large profiles give gigabytes, so the text is streamed: the lines of each location are
/// made once and copied, and no sample allocates anything.
/// </summary>
public static class TracesText
{
    private const int ValueWidth = 10;
    private const int MaxCachedLabelSets = 100_000;

    private static readonly byte[] Separator = [.. "-----------+-------------------------------------------------------\n"u8];

    public static void Write(Report report, ReportWriter writer)
    {
        AmountFormat amounts = report.Amounts();
        ReportHeader.Write(writer, ReportHeader.OfProfile(report, amounts));
        FrameLines lines = FrameLines.Of(report, writer);
        var labels = new LabelLines(report, writer);
        Profile profile = report.Profile;
        bool hides = report.Selection.HidesLocations;
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            if (!report.Selection.Keeps(i))
                continue;

            ReadOnlySpan<LocationId> stack = report.Selection.Stack(profile.Samples.Stacks[i]);
            while (hides && !stack.IsEmpty && lines[stack[0]].IsEmpty)
                stack = stack[1..];

            if (stack.IsEmpty)
                continue;

            writer.Write(Separator);
            writer.Write(labels[profile.Samples.LabelSets[i]]);
            WriteValue(Value(report, i), amounts, writer);
            writer.Write(lines[stack[0]][ValueWidth..]);
            foreach (LocationId location in stack[1..])
                writer.Write(lines[location]);
        }

        writer.Write(Separator);
    }

    private static long Value(Report report, int sample)
    {
        ReadOnlySpan<long> values = report.Profile.Samples.Values(sample);
        long value = values[report.Column];
        long divisor = report.DivisorColumn < 0 ? 0 : values[report.DivisorColumn];
        return SampleValues.Mean(value, divisor);
    }

    private static void WriteValue(long value, AmountFormat amounts, ReportWriter writer)
    {
        Span<byte> text = stackalloc byte[AmountFormat.MaxBytes];
        int count = amounts.Format(value, text);
        for (int i = count; i < ValueWidth; i++)
            writer.Write(' ');

        writer.Write(text[..count]);
    }

    /// <summary>The printed lines of each location.</summary>
    private sealed class FrameLines(byte[] text, int[] starts)
    {
        public ReadOnlySpan<byte> this[LocationId id] => text.AsSpan(starts[id.Index]..starts[id.Index + 1]);

        public static FrameLines Of(Report report, ReportWriter writer)
        {
            (NodeTable table, FrameMap frames) = NodeSource.Locations(report);
            using var text = new MemoryStream();
            var starts = new int[report.Profile.Locations.Count + 1];
            for (int i = 0; i + 1 < starts.Length; i++)
            {
                ReadOnlySpan<int> nodes = frames[new LocationId(i)];
                for (int at = 0; at < nodes.Length; at++)
                {
                    string inline = at < nodes.Length - 1 ? " (inline)" : "";
                    text.Write(Encoding.UTF8.GetBytes($"{"",ValueWidth}   {writer.Shown(table.Name(nodes[at]))}{inline}\n"));
                }

                starts[i + 1] = (int)text.Length;
            }

            return new FrameLines(text.ToArray(), starts);
        }
    }

    /// <summary>The printed lines of each label set, made when first needed.</summary>
    private sealed class LabelLines(Report report, ReportWriter writer)
    {
        private readonly byte[]?[] _lines = new byte[report.Profile.LabelSets.Count][];

        public ReadOnlySpan<byte> this[LabelSetId id]
        {
            get
            {
                if (id == default)
                    return default;

                byte[] lines = _lines[id.Index] ?? Make(id);
                if (_lines.Length <= MaxCachedLabelSets)
                    _lines[id.Index] = lines;

                return lines;
            }
        }

        private byte[] Make(LabelSetId id)
        {
            var texts = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
            var numbers = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
            foreach (Label label in report.Profile.LabelSets[id])
            {
                if (!report.Selection.ShowsKey(label.Key))
                    continue;

                string key = report.Profile.Strings[label.Key];
                SortedDictionary<string, List<string>> target = label.IsNumber ? numbers : texts;
                if (!target.TryGetValue(key, out List<string>? values))
                    target.Add(key, values = []);

                values.Add(label.IsNumber
                    ? Measurement.Format(label.Number, report.LabelUnits[label.Key])
                    : report.Profile.Strings[label.Text]);
            }

            return Encoding.UTF8.GetBytes(Sorted(texts) + Sorted(numbers));
        }

        private string Sorted(SortedDictionary<string, List<string>> labels)
        {
            string[] lines = [.. labels.Select(label => $"{writer.Shown(label.Key),ValueWidth}:  {writer.Shown(string.Join(' ', label.Value))}\n")];
            Array.Sort(lines, StringComparer.Ordinal);
            return string.Concat(lines);
        }
    }
}
