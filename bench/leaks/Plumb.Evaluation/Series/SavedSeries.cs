using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumb.Collectors.Recording;

namespace Plumb.Evaluation.Series;

/// <summary>A recorded series with its truth.</summary>
internal sealed class SavedSeries
{
    /// <summary>The file beside a series that says what is true of it.</summary>
    public const string TruthFile = "truth.json";

    private const string IndexFile = "series.jsonl";
    private const string TextKind = "goroutine2";

    private readonly string[] _lines;

    private SavedSeries(string set, string name, string folder, Truth truth, string[] lines)
    {
        Set = set;
        Name = name;
        Folder = folder;
        Truth = truth;
        _lines = lines;
    }

    /// <summary>The set that it belongs to, as the command line named it.</summary>
    public string Set { get; }

    public string Name { get; }

    public string Folder { get; }

    public Truth Truth { get; }

    public int Snapshots => _lines.Length;

    /// <summary>All series below a folder that have a truth, sorted by name.</summary>
    public static IEnumerable<SavedSeries> Below(string set, string folder) =>
        Directory.EnumerateFiles(folder, IndexFile, SearchOption.AllDirectories)
            .Select(index => Path.GetDirectoryName(index)!)
            .Where(series => File.Exists(Path.Combine(series, TruthFile)))
            .Order(StringComparer.Ordinal)
            .Select(series => Open(set, Path.GetRelativePath(folder, series), series));

    public static SavedSeries Open(string set, string name, string folder)
    {
        string[] lines = [.. File.ReadLines(Path.Combine(folder, IndexFile)).Where(line => line.Length > 0)];
        return new SavedSeries(set, name == "." ? Path.GetFileName(folder) : name, folder, Truth.Read(Path.Combine(folder, TruthFile)), lines);
    }

    /// <summary>
    /// Writes <paramref name="count"/> snapshots from <paramref name="start"/> on as a series of their own, as if no more had been taken: of the
    /// goroutine texts those stay that a recording of this length would have taken.
    /// </summary>
    public void Cut(int start, int count, string destination)
    {
        Directory.CreateDirectory(destination);
        var plan = new RecordingPlan(TimeSpan.FromSeconds(1), count);
        int texts = 0;
        using StreamWriter index = File.CreateText(Path.Combine(destination, IndexFile));
        for (int i = 0; i < count; i++)
        {
            JsonNode line = JsonNode.Parse(_lines[start + i]) ?? throw new JsonException($"{Folder}: line {(start + i).ToString(CultureInfo.InvariantCulture)} is empty");
            var files = (JsonObject)line["files"]!;
            if (files.ContainsKey(TextKind) && !plan.WantsGoroutineText(i, texts))
                files.Remove(TextKind);
            texts += files.ContainsKey(TextKind) ? 1 : 0;
            foreach ((_, JsonNode? file) in files)
                File.Copy(Path.Combine(Folder, (string)file!), Path.Combine(destination, (string)file!));
            index.WriteLine(line.ToJsonString());
        }
    }
}
