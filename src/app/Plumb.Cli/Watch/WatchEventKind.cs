namespace Plumb.Cli.Watch;

/// <summary>What happened while a service was watched.</summary>
internal enum WatchEventKind
{
    /// <summary>A leak was found.</summary>
    Leak,

    /// <summary>Evidence is being captured.</summary>
    Capture,

    /// <summary>Evidence was captured.</summary>
    Captured,

    /// <summary>The process was started anew.</summary>
    Restart,

    /// <summary>The service no longer answers.</summary>
    Lost,

    /// <summary>It answers again.</summary>
    Back,

    /// <summary>Something could not be had.</summary>
    Note,
}
