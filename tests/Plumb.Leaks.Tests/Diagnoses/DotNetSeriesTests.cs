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
    public void Memory_that_a_young_service_takes_for_its_code_and_its_heap_is_no_leak()
    {
        var series = Steady()
            .Metric(MetricNames.RssBytes, i => Mebibytes(80 + 40 * (1 - Math.Exp(-i / 4.0)) + 2 * i))
            .Metric(MetricNames.DotNetCommittedBytes, i => Mebibytes(4 + 2 * i))
            .Metric(MetricNames.DotNetCompiledMethods, i => 2000 + 4000 * (1 - Math.Exp(-i / 4.0)));

        var diagnosis = LeakFinder.Find(series.Build());

        Assert.Equal(LeakVerdict.None, diagnosis.Verdict);
        Assert.Contains(diagnosis.Notes, n => n.Contains("resident memory rises", StringComparison.Ordinal));
    }

    [Fact]
    public void Memory_that_the_runtime_does_not_explain_is_suspicious()
    {
        var series = Steady()
            .Metric(MetricNames.RssBytes, i => Mebibytes(80 + 3 * i))
            .Metric(MetricNames.DotNetCommittedBytes, _ => Mebibytes(8))
            .Metric(MetricNames.DotNetCompiledMethods, _ => 7000);

        var finding = Assert.Single(LeakFinder.Find(series.Build()).Findings);

        Assert.Equal("dotnet-native-memory", finding.Pattern);
        Assert.Equal(LeakVerdict.Suspicious, finding.Verdict);
    }

    [Fact]
    public void The_servers_end_of_connections_that_the_process_opens_itself_is_no_finding_of_its_own()
    {
        var series = Steady()
            .Heap("System.Net.Http.HttpConnection.ctor < System.Net.Http.HttpConnectionPool.ConnectAsync < System.Threading.ThreadPoolWorkQueue.Dispatch", 8192, i => 50 + 40 * i, "System.Byte[]")
            .Heap("System.Net.Http.HttpClient.ctor < Shop.Rates.AskAsync < System.Threading.ThreadPoolWorkQueue.Dispatch", 1024, i => 50 + 40 * i, "System.Net.Http.HttpConnectionSettings")
            .Goroutines("System.Net.Sockets.Socket < Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets.Internal.SocketConnection.DoReceive", i => 3 + 20 * i, "IO wait")
            .Goroutines("System.IO.Pipelines.PipeReader.ReadAsync < Microsoft.AspNetCore.Server.Kestrel.Core.Internal.HttpConnection.ProcessRequestsAsync", i => 3 + 20 * i, "IO wait");

        var finding = Assert.Single(LeakFinder.Find(series.Build()).Findings);

        Assert.Equal("Shop.Rates.AskAsync", finding.Function);
        Assert.Equal("dotnet-httpclient-per-call", finding.Pattern);
    }

    [Fact]
    public void A_full_cache_whose_code_is_compiled_anew_is_no_leak()
    {
        var series = new SeriesFixture(16)
            .Heap("System.Byte[] < Shop.Cache.Put < Microsoft.AspNetCore.Routing.EndpointMiddleware.Invoke < System.Threading.ThreadPoolWorkQueue.Dispatch", 4096, i => 2000 - 120 * i, "System.Byte[]")
            .Heap("Microsoft.AspNetCore.Routing.EndpointMiddleware.Invoke < System.Threading.ThreadPoolWorkQueue.Dispatch", 4096, i => 40 + 120 * i, "System.Byte[]")
            .Metric(MetricNames.Requests, i => 1000 + 200 * i);

        Assert.Equal(LeakVerdict.None, LeakFinder.Find(series.Build()).Verdict);
    }

    [Fact]
    public void Threads_of_the_pool_that_wait_for_work_are_no_leak()
    {
        var series = Steady()
            .Goroutines("System.Threading.LowLevelLifoSemaphore.WaitForSignal < System.Threading.PortableThreadPool.WorkerThread.WorkerThreadStart < System.Threading.Thread.StartCallback", i => 2 + 2 * i, "waiting");

        Assert.Empty(LeakFinder.Find(series.Build()).Findings);
    }

    [Fact]
    public void Threads_of_the_pool_that_wait_for_work_leave_nothing_open()
    {
        var series = new SeriesFixture(16) { Interval = 1 }
            .Goroutines("System.Threading.LowLevelLifoSemaphore.WaitNative < System.Threading.PortableThreadPool.WorkerThread.WorkerThreadStart < System.Threading.Thread.StartCallback", i => 3 + Math.Abs(i - 8), "waiting")
            .Goroutines("System.Net.Sockets.Socket < Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets.Internal.SocketConnection.DoReceive", _ => 60, "IO wait")
            .Metric(MetricNames.Requests, i => 50 * i);

        Assert.Equal(LeakVerdict.None, LeakFinder.Find(series.Build()).Verdict);
    }

    [Fact]
    public void Threads_of_the_process_belong_to_whoever_starts_them_though_their_numbers_do_not_fit()
    {
        var series = Steady()
            .Goroutines("System.Threading.Monitor.Wait < Shop.Orders.Work:31 < System.Threading.Thread.StartHelper.Callback < System.Threading.ExecutionContext.RunInternal", i => 3 + 10 * i, "waiting")
            .Metric(MetricNames.Threads, i => 20 + 14 * i);

        var finding = Assert.Single(LeakFinder.Find(series.Build()).Findings);

        Assert.Equal("Shop.Orders.Work", finding.Function);
        Assert.Equal(["goroutine", "thread"], finding.Resources);
    }

    private static double Mebibytes(double number) => number * 1024 * 1024;

    [Fact]
    public void A_target_without_goroutines_is_judged_by_its_heap_and_that_is_said()
    {
        var diagnosis = LeakFinder.Find(Steady().Heap("System.Byte[] < Shop.Orders.Watch", 4096, i => 100 + 40 * i, "System.Byte[]").Build());

        Assert.Equal(LeakVerdict.Leak, diagnosis.Verdict);
        Assert.Contains(diagnosis.Notes, n => n.Contains("no goroutine profile", StringComparison.Ordinal));
    }
}
