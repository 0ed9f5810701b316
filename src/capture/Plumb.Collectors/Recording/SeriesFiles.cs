namespace Plumb.Collectors.Recording;

/// <summary>The names that a saved series uses; <c>docs/formats/series.md</c> describes the format.</summary>
internal static class SeriesFiles
{
    public const string Index = "series.jsonl";
    public const string Heap = "heap";
    public const string Goroutine = "goroutine";
    public const string GoroutineText = "goroutine2";
    public const string GoroutineLeak = "goroutineleak";
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
}
