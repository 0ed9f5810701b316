namespace Plumb.Web.Live;

/// <summary>A profile that was captured because the page asked for it.</summary>
/// <param name="Name">What the page opens it with.</param>
/// <param name="Title">For people.</param>
public sealed record LiveCapture(string Name, string Title);

/// <summary>A kind of profile that can be captured.</summary>
/// <param name="Id">What the page asks with.</param>
/// <param name="Name">For people.</param>
/// <param name="Seconds">How long it takes at least.</param>
public sealed record CaptureKind(string Id, string Name, int Seconds);

/// <summary>A profile could not be captured.</summary>
public sealed class LiveCaptureException : Exception
{
    /// <param name="message">What is wrong.</param>
    /// <param name="remedy">What to do.</param>
    public LiveCaptureException(string message, string remedy)
        : base(message) => Remedy = remedy;

    public string Remedy { get; }
}
