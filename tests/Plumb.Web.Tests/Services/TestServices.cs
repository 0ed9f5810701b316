using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Options;
using Plumb.Web.Leaks;
using Plumb.Web.Services;
using Plumb.Web.Serving;

namespace Plumb.Web.Tests.Services;

/// <summary>Services that leak, and reports about them.</summary>
internal static class TestServices
{
    public const string Markup = "<img src=x onerror=alert(1)><script>alert(2)</script>";

    public static LeakReport Leak { get; } = new()
    {
        Verdict = "leak",
        Word = "LEAK",
        Reason = "A client is made for each request: 1 goroutine a request in main.(*userStore).loadUser",
        Span = "13 snapshots over 60 s · 12,000 requests",
        Forecast = new LeakForecast("Reaches the descriptor limit of 20,000 in 73 s (between 70 s and 2 min); it is at 5,012 now.", "count", "descriptor limit", 20_000, 5012, 200, 73, 70, 120),
        Suspects =
        [
            Suspect("main.(*userStore).loadUser", "leak", 0.99) with
            {
                Excerpt = new ExcerptView("shop/users.go", [new(45, "options := s.options", false), new(46, "client = redis.NewClient(&options)", true), new(47, "}", false)]),
                ProfileKind = "heap",
                ProfilePattern = @"^example\.org/shop/store\.Save$",
            },
            Suspect("main.(*cache).put", "suspicious", 0.6) with { Title = "A map grows", Resources = ["heap"] },
        ],
        Process = [Curve("goroutines", "count", isGrowing: true), Curve("live heap", "bytes", isGrowing: true), Curve("threads", "count", isGrowing: false)],
        Notes = ["snapshot 3 has no heap profile"],
    };

    /// <summary>Every text is what an attacker would write into a profile.</summary>
    public static LeakReport Hostile { get; } = new()
    {
        Verdict = "leak",
        Word = "LEAK",
        Reason = Markup,
        Span = Markup,
        Suspects =
        [
            Suspect(Markup, "leak", 7) with
            {
                Title = new string('x', 100_000),
                Place = "javascript:alert(3)",
                Reference = "javascript:alert(4)",
                Pattern = Markup,
                Cause = Markup,
                Victims = [Markup],
                Excerpt = new ExcerptView(Markup, [new(1, "</pre><script>alert(5)</script>", true)]),
                Stack = [.. Enumerable.Range(0, 3000).Select(i => new FrameView($"{Markup}{i}", "javascript:alert(6)", "app", i == 0))],
                Evidence = [Curve(Markup, "bytes", isGrowing: true), new CurveView("nothing", "count", [], []), new CurveView("one", "count", [0], [null])],
                ProfileKind = "heap",
                ProfilePattern = "\"><script>alert(7)</script>",
            },
        ],
        Process = [new CurveView("huge", "bytes", [0, 1, 2], [double.MaxValue, -double.MaxValue, 0])],
        Notes = [Markup],
    };

    public static LeaksSession Done(LeakReport report)
    {
        var session = new LeaksSession("shop:6060", TimeProvider.System);
        session.Add(new LeakMoment(0, 0, ["heap", "goroutine"]));
        session.Add(new LeakMoment(12, 60, ["heap", "goroutine"]));
        session.Finish(report);
        return session;
    }

    public static Task<WebServer> ServeAsync(LeaksSession session) => ServeAsync(new ServiceSite
    {
        Title = session.Title,
        Leaks = session,
        Profiles = name => name is "heap-12" or "goroutine-12" ? Profile(TestProfiles.Shop, name) : null,
    });

    public static Task<WebServer> ServeAsync(ServiceSite site) => WebServer.StartAsync(ListenAddress.Parse("localhost:"), site, CancellationToken.None);

    private static ProfileSession Profile(Profile profile, string title) => new(ProfileSelection.All(profile), ReportOptions.Default) { Title = title };

    private static SuspectView Suspect(string function, string verdict, double confidence) => new()
    {
        Title = "A client is made for each request",
        Function = function,
        Place = "shop/users.go:46",
        Verdict = verdict,
        Growth = "+200 goroutines/s · 1 a request",
        Certainty = verdict == "leak" ? "a leak, 99 % sure" : "suspicious, 60 % sure",
        Confidence = confidence,
        Resources = ["goroutine", "heap", "fd"],
        Pattern = "redis-client-per-request",
        Cause = "Every client owns a pool of connections and a goroutine.",
        Remedy = "Make one client when the program starts.",
        Reference = "https://example.org/clients",
        Stack = [new(function, "shop/users.go:46", "app", true), new("redis.NewClient", "redis/redis.go:297", "lib", false)],
        CreatedBy = [new("net/http.(*Server).Serve", "http/server.go:3089", "std", false)],
        Victims = ["main.wait waits for it, +2/s"],
        Evidence = [Curve("goroutines receiving", "count", isGrowing: true), Curve("memory", "bytes", isGrowing: true)],
    };

    private static CurveView Curve(string name, string unit, bool isGrowing) => new(
        name, unit, [.. Enumerable.Range(0, 13).Select(i => 5.0 * i)], [.. Enumerable.Range(0, 13).Select(i => i == 4 ? (double?)null : isGrowing ? 12.0 + (1000 * i) : 9)])
    {
        Levels = isGrowing ? "12 → 12,012" : "9 → 9",
        Tendency = isGrowing ? "+200/s" : "it does not change",
        IsGrowing = isGrowing,
        Trend = isGrowing ? new TrendView(0, 12, 60, 12_012) : null,
    };
}
