using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Watch;

/// <param name="At">When.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Text">In a sentence; not escaped yet.</param>
internal sealed record WatchEvent(DateTimeOffset At, WatchEventKind Kind, string Text)
{
    /// <summary>Of a leak.</summary>
    public Finding? Finding { get; init; }

    /// <summary>Of a capture.</summary>
    public string? Folder { get; init; }
}
