using Plumb.Collectors.Loading;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Growth;
using Plumb.Leaks.Stacks;

namespace Plumb.Cli.Tests.Leaks;

/// <summary>Fixed diagnoses to be shown.</summary>
internal static class Samples
{
    public static Frame LoadUser { get; } = new("main.(*userStore).loadUser", "main", "/build/shop/users.go", 46, FrameOwner.Application);

    public static Diagnosis Leak { get; } = new()
    {
        Verdict = LeakVerdict.Leak,
        Reason = "main.(*userStore).loadUser leaves a Redis client behind for every request, with its reaper, its pool and its connection.",
        Snapshots = 13,
        Duration = TimeSpan.FromSeconds(60),
        Requests = 12_000,
        Forecast = DescriptorForecast(),
        Findings = [LeakFinding(), SuspiciousFinding()],
        Process =
        [
            Series("goroutines", "goroutine", "count", GrowthVerdict.Grows, 200, [12, 1012, 2013, 3011, 4012, 5012]),
            Series("live heap", "heap", "bytes", GrowthVerdict.Grows, 210_000, [2e6, 3e6, 4e6, 5e6, 6e6, 7e6]),
            Series("threads", "thread", "count", GrowthVerdict.Flat, 0, [9, 9, 10, 9, 9, 9]),
        ],
        Notes = ["snapshot 3: http://127.0.0.1:6060/debug/pprof/heap: status 500 (busy)"],
    };

    public static Diagnosis None { get; } = new()
    {
        Verdict = LeakVerdict.None,
        Reason = "Nothing grows: goroutines, heap, memory and descriptors are level under 12,000 requests.",
        Snapshots = 13,
        Duration = TimeSpan.FromSeconds(60),
        Requests = 12_000,
        Process = [Series("goroutines", "goroutine", "count", GrowthVerdict.Flat, 0, [12, 12, 13, 12, double.NaN, 12])],
    };

    public static Diagnosis Inconclusive { get; } = new()
    {
        Verdict = LeakVerdict.Inconclusive,
        Reason = "Memory rises with the traffic, and nothing tells the two apart: watch again under a steady load (--load).",
        Snapshots = 8,
        Duration = TimeSpan.FromSeconds(35),
    };

    /// <summary>Every string is what an attacker would write into a profile.</summary>
    public static Diagnosis Hostile { get; } = new()
    {
        Verdict = LeakVerdict.Suspicious,
        Reason = Evil("reason"),
        Notes = [Evil("note")],
        Findings =
        [
            new Finding
            {
                Function = Evil("function"),
                File = Evil("file") + ".go",
                Line = 7,
                Frame = new Frame(Evil("frame"), "main", Evil("path") + ".go", 7, FrameOwner.Application),
                Pattern = Evil("pattern"),
                Title = Evil("title"),
                Cause = Evil("cause"),
                Remedy = Evil("remedy"),
                Reference = Evil("reference"),
                Resources = [Evil("resource")],
                PerSecond = double.NaN,
                PerRequest = double.PositiveInfinity,
                Confidence = 0.5,
                Verdict = LeakVerdict.Suspicious,
                Stack = [new Frame(Evil("stack"), "lib", Evil("file"), 1, FrameOwner.ThirdParty)],
                CreatedBy = [new Frame(Evil("creator"), "main", Evil("file"), 1, FrameOwner.Application)],
                Victims = [new Victim(Evil("victim"), null, Evil("why"), 1)],
                Evidence = [Series(Evil("series"), Evil("kind"), "count", GrowthVerdict.Flat, 0, [double.NaN])],
            },
        ],
    };

    public static LoadReport Load()
    {
        var latencies = new LatencyHistogram();
        for (int i = 0; i < 12_000; i++)
        {
            latencies.Record(TimeSpan.FromMilliseconds(i < 11_000 ? 2 : i < 11_900 ? 9 : 40));
        }

        return new LoadReport(TimeSpan.FromSeconds(60), [11_990, 0, 7, 3, 0, 0, 0, 0, 0, 0], Late: 0, latencies);
    }

    private static string Evil(string name) => $"{name}\u001b]0;owned\u0007\u001b[2J\r\n\u202etxt\u0085";

    private static Forecast DescriptorForecast() => new()
    {
        Resource = "fd",
        LimitName = "descriptor limit",
        Limit = 65_536,
        Current = 12_034,
        PerSecond = 200,
        TimeToLimit = TimeSpan.FromSeconds(267),
        Earliest = TimeSpan.FromSeconds(240),
        Latest = TimeSpan.FromSeconds(300),
    };

    private static Finding LeakFinding() => new()
    {
        Function = LoadUser.Function,
        File = LoadUser.File,
        Line = LoadUser.Line,
        Frame = LoadUser,
        Pattern = "redis-client-per-request",
        Title = "A Redis client is made for every request and never closed",
        Cause = "redis.NewClient starts a pool with a reaper goroutine of its own. The client goes out of scope at the end of the request, "
            + "but the reaper keeps the pool, and the pool keeps its connections: none of them is ever freed.",
        Remedy = "Make one client when the service starts and share it: it is safe for concurrent use. Where a client must be short-lived, "
            + "call Close when the request is done.",
        Reference = "https://redis.io/docs/latest/develop/clients/go/",
        Resources = ["goroutine", "fd", "heap"],
        PerSecond = 200.3,
        PerRequest = 1.0015,
        Confidence = 0.994,
        GrowthConfidence = 0.998,
        FoundBy = "it makes the calls that these goroutines come from",
        Verdict = LeakVerdict.Leak,
        Stack =
        [
            LoadUser,
            new Frame("gopkg.in/redis.v5.NewClient", "gopkg.in/redis.v5", "/usr/share/gocode/src/gopkg.in/redis.v5/redis.go", 191, FrameOwner.ThirdParty),
            new Frame("gopkg.in/redis.v5/internal/pool.NewConnPool", "gopkg.in/redis.v5/internal/pool", "/usr/share/gocode/src/gopkg.in/redis.v5/internal/pool/pool.go", 81, FrameOwner.ThirdParty),
        ],
        CreatedBy = [new Frame("main.showUser.func1", "main", "/build/shop/main.go", 64, FrameOwner.Application)],
        Victims = [new Victim("net/http.(*conn).serve", null, "waits for a connection of the exhausted pool", 0.4)],
        Evidence =
        [
            Series("goroutines in select", "goroutine", "count", GrowthVerdict.Grows, 200.3, [1, 1001, 2002, 3003, 4004, 5006]),
            Series("open sockets", "fd", "count", GrowthVerdict.Grows, 200.1, [12, 1012, 2012, 3013, 4013, 5013]),
            Series("heap of NewConnPool < loadUser", "heap", "bytes", GrowthVerdict.Grows, 389_120, [0, 1.9e6, 3.8e6, 5.7e6, 7.6e6, 9.5e6]),
        ],
        Forecast = DescriptorForecast(),
    };

    private static Finding SuspiciousFinding() => new()
    {
        Function = "main.(*sessions).add",
        File = "/build/shop/sessions.go",
        Line = 12,
        Title = "A map grows with the requests",
        Cause = "Entries are added and, while this was watched, none was removed.",
        Remedy = "Bound it, or let entries expire.",
        Resources = ["heap"],
        Unit = "bytes",
        PerSecond = 512,
        Confidence = 0.6,
        GrowthConfidence = 0.9,
        FoundBy = "it was seen opening descriptors of this kind",
        Verdict = LeakVerdict.Suspicious,
    };

    private static EvidenceSeries Series(string name, string resource, string unit, GrowthVerdict verdict, double slope, double[] values) => new()
    {
        Name = name,
        Resource = resource,
        Unit = unit,
        Seconds = [.. values.Select((_, i) => 5.0 * i)],
        Values = values,
        Growth = new GrowthResult
        {
            Verdict = verdict,
            Reason = verdict == GrowthVerdict.Grows ? "rises at every snapshot" : "level",
            Points = values.Length,
            PerSecond = new SlopeBand(slope, slope * 0.98, slope * 1.02, values[0]),
        },
    };
}
