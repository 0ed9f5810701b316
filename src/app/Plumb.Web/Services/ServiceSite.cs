using Plumb.Web.Leaks;
using Plumb.Web.Live;

namespace Plumb.Web.Services;

/// <summary>What is shown of a service, running or saved: what leaks, and the profiles that were taken of it.</summary>
public sealed record ServiceSite
{
    /// <summary>What is looked at, without credentials.</summary>
    public required string Title { get; init; }

    /// <summary>The diagnosis; null when nobody asked for one.</summary>
    public LeaksSession? Leaks { get; init; }

    /// <summary>The last hour, second by second; null when nobody looks.</summary>
    public LiveSession? Live { get; init; }

    /// <summary>Whether the page begins with the last hour.</summary>
    public bool LiveFirst { get; init; }

    /// <summary>Opens a profile by the name that the page knows it by; null when there is none. Called by any thread, also for names that somebody made up.</summary>
    public Func<string, ProfileSession?> Profiles { get; init; } = _ => null;
}
