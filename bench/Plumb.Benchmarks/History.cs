using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plumb.Benchmarks;

/// <summary>Keeps figures, a line of JSON for each: files of years can be put one after the other and asked anything.</summary>
/// <param name="file">Lines are added to it; null to keep nothing.</param>
internal sealed class History(string? file)
{
    // Never part of a page, so a plus may stay a plus.
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Add(Work work, Peer who, int runs, Cost cost)
    {
        if (file is null)
            return;

        var line = new
        {
            Time = Now(),
            Work = work.Name,
            work.What,
            Program = who.Name,
            who.Version,
            Runs = runs,
            CpuSeconds = Math.Round(cost.CpuSeconds, 3),
            WallSeconds = Math.Round(cost.WallSeconds, 3),
            PeakMegabytes = Math.Round(cost.PeakMegabytes),
            Machine = Machine.This(),
        };
        File.AppendAllText(file, JsonSerializer.Serialize(line, Format) + "\n");
    }

    /// <summary>Keeps figures that have names of their own; one that could not be measured is null.</summary>
    public void Add(string work, string what, Peer who, IEnumerable<(string Name, double? Value)> figures)
    {
        if (file is null)
            return;

        var line = new
        {
            Time = Now(),
            Work = work,
            What = what,
            Program = who.Name,
            who.Version,
            Figures = figures.ToDictionary(figure => figure.Name, figure => figure.Value is { } value && double.IsFinite(value) ? Math.Round(value, 3) : (double?)null),
            Machine = Machine.This(),
        };
        File.AppendAllText(file, JsonSerializer.Serialize(line, Format) + "\n");
    }

    private static string Now() => DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
}
