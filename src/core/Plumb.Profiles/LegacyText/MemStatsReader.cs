using System.Globalization;
using System.Text;

namespace Plumb.Profiles.LegacyText;

/// <summary>Collects the lines <c># HeapSys = 12156928</c> behind <c># runtime.MemStats</c>.</summary>
internal sealed class MemStatsReader
{
    private const int MaxEntries = 200;

    private readonly Dictionary<string, string> _entries = new(StringComparer.Ordinal);
    private bool _started;

    public void Add(ReadOnlySpan<byte> comment)
    {
        if (!_started)
        {
            _started = comment.SequenceEqual("# runtime.MemStats"u8);
            return;
        }

        int equals = comment.IndexOf(" = "u8);
        if (equals > 2 && _entries.Count < MaxEntries)
            _entries[Encoding.UTF8.GetString(comment[2..equals])] = Encoding.UTF8.GetString(comment[(equals + 3)..]);
    }

    /// <summary>The statistics, or null when there were none.</summary>
    public MemStats? Build() => _entries.Count == 0 ? null : new MemStats
    {
        AllocBytes = Number("Alloc"),
        TotalAllocBytes = Number("TotalAlloc"),
        SysBytes = Number("Sys"),
        Mallocs = Number("Mallocs"),
        Frees = Number("Frees"),
        HeapAllocBytes = Number("HeapAlloc"),
        HeapSysBytes = Number("HeapSys"),
        HeapIdleBytes = Number("HeapIdle"),
        HeapInuseBytes = Number("HeapInuse"),
        HeapReleasedBytes = Number("HeapReleased"),
        HeapObjects = Number("HeapObjects"),
        StackInuseBytes = Number("Stack", part: 0),
        StackSysBytes = Number("Stack", part: 1),
        MSpanInuseBytes = Number("MSpan", part: 0),
        MSpanSysBytes = Number("MSpan", part: 1),
        MCacheInuseBytes = Number("MCache", part: 0),
        MCacheSysBytes = Number("MCache", part: 1),
        BuckHashSysBytes = Number("BuckHashSys"),
        GCSysBytes = Number("GCSys"),
        OtherSysBytes = Number("OtherSys"),
        NextGCBytes = Number("NextGC"),
        LastGCUnixNanos = Number("LastGC"),
        PauseNanos = [.. Text("PauseNs").Trim('[', ']').Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(256).Select(Parse)],
        NumGC = Number("NumGC"),
        NumForcedGC = Number("NumForcedGC"),
        GCCpuFraction = double.TryParse(Text("GCCPUFraction"), NumberStyles.Float, CultureInfo.InvariantCulture, out double fraction) ? fraction : 0,
        MaxRssBytes = Number("MaxRSS"),
    };

    /// <param name="part">Of a value <c>in use / obtained</c>.</param>
    private long Number(string name, int part = 0)
    {
        string[] parts = Text(name).Split(" / ");
        return part < parts.Length ? Parse(parts[part]) : 0;
    }

    private string Text(string name) => _entries.GetValueOrDefault(name, "");

    private static long Parse(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;
}
