using System.Globalization;

namespace Plumb.Leaks.Tests.Diagnoses;

/// <summary>
/// Reads a series from text that a person can follow. A line without indent begins a stack or names a figure, with a number for each snapshot, one second
/// apart: <c>goroutine [words] numbers</c>, <c>heap bytes numbers</c> (of the samples that are live, each that many bytes), <c>metric name numbers</c>.
/// Indented lines are frames, leaf first; of heap the first is how many samples were <c>ever</c> taken there, the second the type. <c>#</c> is a comment.
/// </summary>
internal static class RecordedSeries
{
    public static SeriesFixture Read(string name)
    {
        var blocks = Blocks(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Diagnoses", "Fixtures", name + ".txt"))).ToList();
        var series = new SeriesFixture(blocks.Max(b => Numbers(b[0]).Length)) { Interval = 1 };
        foreach (var block in blocks) Add(series, block);
        return series;
    }

    private static void Add(SeriesFixture series, string[] block)
    {
        var numbers = Numbers(block[0]);
        var words = block[0].Split(' ');
        switch (words[0])
        {
            case "metric":
                series.Metric(words[1], i => numbers[i]);
                break;
            case "goroutine":
                series.Goroutines(string.Join(" < ", block[1..]), i => numbers[i], block[0][(block[0].IndexOf('[', StringComparison.Ordinal) + 1)..block[0].IndexOf(']', StringComparison.Ordinal)]);
                break;
            case "heap":
                var ever = Numbers(block[1]);
                series.Heap(string.Join(" < ", block[3..]), long.Parse(words[1], CultureInfo.InvariantCulture), i => numbers[i], block[2], i => ever[i]);
                break;
            default:
                throw new FormatException($"a block begins with '{words[0]}'");
        }
    }

    // What follows the name of the figure, the state in brackets or the size.
    private static long[] Numbers(string line)
    {
        var bracket = line.IndexOf(']', StringComparison.Ordinal);
        var words = (bracket < 0 ? line : line[(bracket + 1)..]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. words.Skip(bracket >= 0 ? 0 : words[0] == "ever" ? 1 : 2).Select(w => long.Parse(w, CultureInfo.InvariantCulture))];
    }

    private static IEnumerable<string[]> Blocks(IEnumerable<string> lines)
    {
        var block = new List<string>();
        foreach (var line in lines.Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (!char.IsWhiteSpace(line[0]) && block.Count > 0)
            {
                yield return [.. block];
                block.Clear();
            }

            block.Add(line.Trim());
        }

        if (block.Count > 0) yield return [.. block];
    }
}
