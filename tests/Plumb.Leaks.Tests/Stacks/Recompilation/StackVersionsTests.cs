using Plumb.Leaks.Stacks;
using Plumb.Leaks.Tests.Diagnoses;

namespace Plumb.Leaks.Tests.Stacks.Recompilation;

public sealed class StackVersionsTests
{
    private const int Snapshots = 16;
    private const string Served = "Microsoft.AspNetCore.Routing.EndpointMiddleware.Invoke < System.Threading.ThreadPoolWorkQueue.Dispatch < System.Threading.Thread.StartCallback";
    private const string Put = "Shop.Cache.Put:31 < Shop.Cache.Serve:12 < " + Served;

    [Fact]
    public void A_stack_that_lacks_what_was_put_into_its_callers_is_the_same_place()
    {
        var row = Assert.Single(Heap((Put, UntilNoon), ("Shop.Cache.Serve:12 < " + Served, SinceNoon)));

        Assert.Equal([.. Enumerable.Range(0, Snapshots).Select(i => UntilNoon(i) + SinceNoon(i) + 0.0)], row.Counts);
        Assert.Equal("Shop.Cache.Put", row.Frames[1].Function);
    }

    [Fact]
    public void The_lines_of_the_code_that_was_compiled_first_are_kept()
    {
        var row = Assert.Single(Heap((Put.Replace(":31", "", StringComparison.Ordinal), SinceNoon), (Put, UntilNoon)));

        Assert.Equal(31, row.Frames[1].Line);
    }

    [Fact]
    public void A_place_may_be_compiled_more_than_once()
    {
        var rows = Heap((Put, i => Between(0, 4, i)), ("Shop.Cache.Serve:12 < " + Served, i => Between(4, 9, i)), (Served, i => Between(9, 15, i)));

        Assert.Equal(150, Assert.Single(rows).Counts[^1]);
    }

    [Fact]
    public void What_leaves_the_one_stack_and_fills_the_other_is_one_place()
    {
        var row = Assert.Single(Heap((Put, i => 200 - 10 * i), (Served, i => 3 + 10 * i)));

        Assert.All(row.Counts, number => Assert.Equal(203, number));
    }

    [Fact]
    public void Methods_that_only_one_or_the_other_lacks_are_one_place_when_most_are_the_same()
    {
        const string rest = "Microsoft.AspNetCore.Server.Kestrel.ProcessRequests < System.Threading.ExecutionContext.RunInternal < System.Threading.ThreadPoolWorkQueue.Dispatch < System.Threading.Thread.StartCallback";

        Assert.Single(Heap(("Microsoft.AspNetCore.HostFiltering.Invoke < " + rest, UntilNoon), ("Microsoft.AspNetCore.Routing.Invoke < " + rest, SinceNoon)));
        Assert.Equal(2, Heap(("Microsoft.AspNetCore.HostFiltering.Invoke < System.Start", UntilNoon), ("Microsoft.AspNetCore.Routing.Invoke < System.Start", SinceNoon)).Count);
    }

    [Fact]
    public void Two_methods_of_the_application_that_take_turns_are_two_places() =>
        Assert.Equal(2, Heap(("Shop.Cache.Warm < " + Served, UntilNoon), ("Shop.Orders.Keep < " + Served, SinceNoon)).Count);

    [Fact]
    public void A_method_that_goes_on_is_not_the_earlier_code_of_its_caller() =>
        Assert.Equal(2, Heap((Put, i => 10 * i), ("Shop.Cache.Serve:12 < " + Served, SinceNoon)).Count);

    [Fact]
    public void What_was_there_before_and_stays_is_not_the_earlier_code_of_what_grows() =>
        Assert.Equal(2, Heap((Put, _ => 40), ("Shop.Cache.Serve:12 < " + Served, SinceNoon)).Count);

    [Fact]
    public void One_that_gains_ten_times_as_fast_is_another_place() =>
        Assert.Equal(2, Heap((Put, UntilNoon), ("Shop.Cache.Serve:12 < " + Served, i => 10 * SinceNoon(i))).Count);

    [Fact]
    public void Objects_of_two_types_are_never_one_place() =>
        Assert.Equal(2, Rows(new SeriesFixture(Snapshots).Heap(Put, 100, UntilNoon, "System.Byte[]").Heap(Put, 100, SinceNoon, "System.String")).Count);

    [Fact]
    public void Threads_of_a_method_that_was_compiled_anew_are_one_place()
    {
        const string loop = "Acme.Client.Loop < System.Threading.Thread.StartCallback";
        var series = new SeriesFixture(Snapshots).Goroutines("System.Threading.Monitor.Wait < " + loop, UntilNoon, "waiting").Goroutines(loop, SinceNoon, "waiting");

        Assert.Equal(150, Assert.Single(Goroutines(series)).Counts[^1]);
    }

    [Fact]
    public void Async_calls_that_wait_at_two_lines_one_after_the_other_are_two_places()
    {
        var series = new SeriesFixture(Snapshots)
            .Goroutines("System.Net.Sockets.Socket < Shop.Orders.SendAsync:20", UntilNoon, "IO wait")
            .Goroutines("System.Net.Sockets.Socket < Shop.Orders.SendAsync:31", SinceNoon, "IO wait");

        Assert.Equal(2, Goroutines(series).Count);
    }

    [Fact]
    public void Goroutines_of_Go_are_compiled_once()
    {
        var series = new SeriesFixture(Snapshots)
            .Goroutines("main.wait < main.serve", UntilNoon)
            .Goroutines("main.serve", SinceNoon);

        Assert.Equal(2, Goroutines(series).Count);
    }

    private static long UntilNoon(int i) => 10 * Math.Min(i, 8);

    private static long SinceNoon(int i) => 10 * Math.Max(0, i - 8);

    private static long Between(int first, int last, int i) => 10 * (Math.Clamp(i, first, last) - first);

    private static List<(Frame[] Frames, double[] Counts)> Heap(params (string Stack, Func<int, long> Count)[] stacks)
    {
        var series = new SeriesFixture(Snapshots);
        foreach (var (stack, count) in stacks) series.Heap(stack, 100, count, "System.Byte[]");
        return Rows(series);
    }

    private static List<(Frame[] Frames, double[] Counts)> Rows(SeriesFixture series)
    {
        var tables = Tables(series);
        return [.. tables.Heap.Select(r => (tables.Catalog.Frames(r.Key), r.Objects))];
    }

    private static List<(Frame[] Frames, double[] Counts)> Goroutines(SeriesFixture series)
    {
        var tables = Tables(series);
        return [.. tables.Goroutines.Select(r => (tables.Catalog.Frames(r.Key), r.Counts))];
    }

    private static StackTables Tables(SeriesFixture series) => StackTablesBuilder.Build(series.Build().Snapshots, maxStacks: 100, mainModule: null);
}
