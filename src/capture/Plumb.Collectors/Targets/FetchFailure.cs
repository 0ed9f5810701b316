using System.Globalization;

namespace Plumb.Collectors.Targets;

/// <summary>Why there is no body, in words for the person who asked.</summary>
public abstract record FetchFailure(Uri Address) : FetchResult(Address)
{
    /// <summary>What went wrong, without the address: "connection refused".</summary>
    public abstract string Problem { get; }

    /// <summary>What to do about it, as a sentence.</summary>
    public abstract string Advice { get; }

    /// <summary>Whether the next attempt may succeed by itself.</summary>
    public virtual bool MayRecover => true;

    public sealed override string ToString() => $"{Address.AbsoluteUri}: {Problem}";
}

/// <summary>No connection could be made: refused, no such name, no route, no TLS.</summary>
public sealed record Unreachable(Uri Address, string Reason) : FetchFailure(Address)
{
    public override string Problem => Reason;

    public override string Advice =>
        "Check that the service runs, that the host and port are right, and that this machine may connect to it.";
}

/// <summary>The answer did not come, or did not end, before the deadline.</summary>
public sealed record TimedOut(Uri Address, TimeSpan Deadline) : FetchFailure(Address)
{
    public override string Problem => string.Create(CultureInfo.InvariantCulture, $"no complete answer within {Deadline.TotalSeconds:0.###} s");

    public override string Advice => "The service hangs or is overloaded; a longer --timeout helps when its heap is large.";
}

/// <summary>The target answered with a status that is not a success.</summary>
/// <param name="Address">The address that answered.</param>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Excerpt">The first printable characters of the body, one line at most; may be empty.</param>
public sealed record ErrorStatus(Uri Address, int Status, string Excerpt) : FetchFailure(Address)
{
    public override string Problem =>
        string.Create(CultureInfo.InvariantCulture, $"status {Status}") + (Excerpt.Length == 0 ? "" : $" ({Excerpt})");

    public override string Advice => Status switch
    {
        401 or 403 => "The endpoint wants credentials: http://user:password@host works for Basic authentication.",
        404 => "Nothing is served there: does the service import net/http/pprof, and is this the port that serves it?",
        _ => "The service failed to make the profile; its own log says why.",
    };

    public override bool MayRecover => Status >= 500 || Status == 429;
}

/// <summary>A page came where a profile or metrics were expected: a login page, a front end, an error page with status 200.</summary>
public sealed record HtmlPage(Uri Address) : FetchFailure(Address)
{
    public override string Problem => "the answer is an HTML page, not a profile";

    public override string Advice => "This port serves a website or a login page; point at the port that serves /debug/pprof/.";

    public override bool MayRecover => false;
}

/// <summary>The body went past a limit and was dropped.</summary>
/// <param name="Address">The address that answered.</param>
/// <param name="LimitBytes">The limit that was passed.</param>
/// <param name="Decoded">Whether it was passed only after decompression.</param>
public sealed record TooLarge(Uri Address, long LimitBytes, bool Decoded) : FetchFailure(Address)
{
    public override string Problem =>
        string.Create(CultureInfo.InvariantCulture, $"the answer is larger than {LimitBytes >> 20} MiB{(Decoded ? " once decompressed" : "")}");

    public override string Advice => "No Go service sends a profile of that size; is this really a /debug/pprof/ endpoint?";

    public override bool MayRecover => false;
}

/// <summary>The target sent the client to another host, port or scheme, which Plumb does not follow.</summary>
public sealed record RedirectedAway(Uri Address, string Destination) : FetchFailure(Address)
{
    public override string Problem => $"redirected to {Destination}";

    public override string Advice => "Plumb does not follow a redirect to another host; name that host as the target if it is the right one.";

    public override bool MayRecover => false;
}

/// <summary>The answer began and then broke: the connection closed, or the bytes were not what the headers promised.</summary>
public sealed record BrokenAnswer(Uri Address, string Reason) : FetchFailure(Address)
{
    public override string Problem => Reason;

    public override string Advice => "The service may have stopped or been killed while it answered.";
}
