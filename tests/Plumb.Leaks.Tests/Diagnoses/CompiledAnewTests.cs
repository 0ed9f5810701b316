using Plumb.Leaks.Diagnoses;

namespace Plumb.Leaks.Tests.Diagnoses;

/// <summary>Series recorded from services of the lab whose methods the runtime compiled anew while they were watched.</summary>
public sealed class CompiledAnewTests
{
    [Fact]
    public void Threads_of_which_later_ones_stand_at_another_stack_are_one_leak()
    {
        var finding = Assert.Single(LeakFinder.Find(RecordedSeries.Read("dotnet-redis-threads-compiled-anew").Build()).Findings);

        Assert.Equal("Shop.Defects.RedisPerRequest.ConnectAsync", finding.Function);
        Assert.Equal("dotnet-redis-multiplexer-per-request", finding.Pattern);
        Assert.Contains("thread", finding.Resources);
        var threads = Assert.Single(finding.Evidence, e => e.Name.Contains("WriteAllQueues", StringComparison.Ordinal) || e.Name.Contains("Monitor.Wait", StringComparison.Ordinal));
        Assert.Equal(152, threads.Values[^1]);
    }

    [Theory]
    [InlineData("dotnet-full-cache-compiled-anew")]
    [InlineData("dotnet-full-cache-from-the-fifth-second")]
    public void A_full_cache_is_no_leak_wherever_its_entries_stand(string recording)
    {
        var diagnosis = LeakFinder.Find(RecordedSeries.Read(recording).Build());

        Assert.Empty(diagnosis.Findings);
        Assert.Equal(LeakVerdict.None, diagnosis.Verdict);
    }

    [Fact]
    public void A_small_leak_that_stands_at_one_stack_after_the_other_is_one()
    {
        var finding = Assert.Single(LeakFinder.Find(RecordedSeries.Read("dotnet-timers-compiled-anew").Build()).Findings);

        Assert.Equal("Shop.Defects.TimerNotDisposed.Parcel.Send", finding.Function);
        Assert.Equal("dotnet-timer-not-disposed", finding.Pattern);
    }
}
