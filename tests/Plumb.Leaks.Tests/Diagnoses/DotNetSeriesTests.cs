using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Snapshots;

namespace Plumb.Leaks.Tests.Diagnoses;

public sealed class DotNetSeriesTests
{
    private static SeriesFixture Steady() => new SeriesFixture(12)
        .Heap("System.String.Concat < Shop.Cart.Total < System.Threading.ThreadPoolWorkQueue.Dispatch", 40, _ => 100, "System.String")
        .Metric(MetricNames.Requests, i => 1000 + 20 * i);

    [Fact]
    public void A_heap_with_types_names_the_method_of_the_application_and_the_known_defect()
    {
        var series = Steady()
            .Heap("System.Threading.Timer..ctor < Shop.Orders.Watch < System.Threading.ThreadPoolWorkQueue.Dispatch", 4096, i => 100 + 40 * i, "System.Threading.TimerQueueTimer");

        var finding = Assert.Single(LeakFinder.Find(series.Build()).Findings);

        Assert.Equal("Shop.Orders.Watch", finding.Function);
        Assert.Equal("dotnet-timer-not-disposed", finding.Pattern);
        Assert.Equal(LeakVerdict.Leak, finding.Verdict);
    }

    [Theory]
    [InlineData("Shop.Orders+<Watch>d__3.MoveNext")]
    [InlineData("Shop.Orders+<>c__DisplayClass5_0.<Watch>b__0")]
    [InlineData("Shop.Orders.<Watch>g__Each|3_0")]
    [InlineData("Shop.Orders.Watch.lambda")]
    public void A_method_that_the_compiler_took_apart_is_named_as_it_was_written(string frame)
    {
        var series = Steady().Heap($"System.Byte[] < {frame} < System.Threading.ThreadPoolWorkQueue.Dispatch", 4096, i => 100 + 40 * i, "System.Byte[]");

        Assert.Equal("Shop.Orders.Watch", Assert.Single(LeakFinder.Find(series.Build()).Findings).Function);
    }

    [Fact]
    public void A_type_of_the_application_is_no_method_to_mend()
    {
        var series = Steady()
            .Heap("System.Collections.Generic.List.Add < Microsoft.Extensions.Caching.Memory.MemoryCache.Set < Shop.Prices.Of", 4096, i => 100 + 40 * i, "Shop.Prices.Price");

        Assert.Equal("Shop.Prices.Of", Assert.Single(LeakFinder.Find(series.Build()).Findings).Function);
    }

    [Fact]
    public void Async_methods_that_wait_are_named_with_what_they_wait_for()
    {
        var series = Steady()
            .Goroutines("System.Threading.SemaphoreSlim.WaitAsync < Shop.Cart.StoreAsync:31 < Shop.Cart.AddAsync:24", i => 3 + 20 * i, "semacquire")
            .Goroutines("System.Net.Sockets.Socket < System.Threading.ThreadPoolWorkQueue.Dispatch", _ => 8, "IO wait");

        var finding = Assert.Single(LeakFinder.Find(series.Build()).Findings);

        Assert.Equal("Shop.Cart.StoreAsync", finding.Function);
        Assert.Equal("dotnet-semaphore-not-released", finding.Pattern);
        Assert.Equal(["goroutine"], finding.Resources);
    }

    [Fact]
    public void Calls_that_no_pattern_knows_are_explained_in_the_words_of_NET()
    {
        var series = Steady().Goroutines("Acme.Answers.Next < Shop.Cart.StoreAsync:31", i => 3 + 20 * i, "await");

        var finding = Assert.Single(LeakFinder.Find(series.Build()).Findings);

        Assert.Null(finding.Pattern);
        Assert.Contains("CancellationToken", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_without_goroutines_is_judged_by_its_heap_and_that_is_said()
    {
        var diagnosis = LeakFinder.Find(Steady().Heap("System.Byte[] < Shop.Orders.Watch", 4096, i => 100 + 40 * i, "System.Byte[]").Build());

        Assert.Equal(LeakVerdict.Leak, diagnosis.Verdict);
        Assert.Contains(diagnosis.Notes, n => n.Contains("no goroutine profile", StringComparison.Ordinal));
    }
}
