using Plumb.Leaks.Comparison;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Tests.Diagnoses;

namespace Plumb.Leaks.Tests.Comparison;

public sealed class LeakVerifierTests
{
    private const string Reaper = "runtime.gopark:1 < gopkg.in/redis.v5/internal/pool.(*ConnPool).reaper:9";

    // What grew was the library's goroutine: the function was on no stack of it.
    private static readonly EarlierLeak Leak = new("f", "main.load", "a client for each request", ["goroutine"], "count", 20, 0.2);

    [Fact]
    public void A_leak_is_gone_when_as_much_work_would_have_shown_it() =>
        Assert.Equal(VerificationVerdict.Gone, Verify(Service(100)).Verdict);

    [Fact]
    public void Too_little_work_shows_nothing()
    {
        var verification = Verify(Service(1));
        Assert.Equal(VerificationVerdict.Unclear, verification.Verdict);
        Assert.Contains("so little work", verification.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_counted_requests_a_leak_by_the_request_is_not_called_gone() =>
        Assert.Equal(VerificationVerdict.Unclear, Verify(Service(0)).Verdict);

    // The finder would call it a leak; here its answer is left out, as if it had been too careful.
    [Fact]
    public void What_hides_in_the_library_still_grows_in_the_whole_process()
    {
        var series = Service(100).Goroutines(Reaper, i => 20 * i).Goroutines("main.load:3 < main.serve:1", _ => 2).Build();
        var silent = new Diagnosis { Verdict = LeakVerdict.None, Reason = "" };
        var verification = LeakVerifier.Verify([Leak], new HashSet<string>(), series, silent);
        Assert.Equal(VerificationVerdict.Unclear, verification.Verdict);
        Assert.Equal(0.2, verification.Leaks[0].Now.Value, 2);
    }

    private static SeriesFixture Service(int requests)
    {
        var service = new SeriesFixture(14).Goroutines("runtime.gopark:1 < main.serve:1", i => 20 + (i % 2));
        return requests > 0 ? service.Metric("requests", i => requests * i) : service;
    }

    private static Verification Verify(SeriesFixture service)
    {
        var series = service.Build();
        return LeakVerifier.Verify([Leak], new HashSet<string>(), series, LeakFinder.Find(series));
    }
}
