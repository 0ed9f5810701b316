namespace Plumb.Web.Live;

/// <summary>Something that happened to the service, or to who watches it.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What kind of thing; it decides the mark in the charts.</param>
/// <param name="Text">For people.</param>
public sealed record LiveEvent(DateTimeOffset At, LiveEventKind Kind, string Text)
{
    /// <summary>The profile that was captured then, by the name that the page opens it with; null for none.</summary>
    public string? Profile { get; init; }
}

/// <summary>What can happen.</summary>
public enum LiveEventKind
{
    /// <summary>Something to know.</summary>
    Note,

    /// <summary>The service does not answer any more.</summary>
    Lost,

    /// <summary>It answers again.</summary>
    Back,

    /// <summary>Its process was started anew.</summary>
    Restart,

    /// <summary>A profile or a folder of evidence was captured.</summary>
    Capture,

    /// <summary>A leak was found.</summary>
    Leak,
}
