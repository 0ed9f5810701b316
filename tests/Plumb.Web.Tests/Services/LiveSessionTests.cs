using Plumb.Web.Live;

namespace Plumb.Web.Tests.Services;

public sealed class LiveSessionTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Only_the_last_hour_is_kept()
    {
        var session = new LiveSession("shop");
        for (int i = 0; i < 10_000; i++)
            session.Add(Sample(i, goroutines: i));

        LiveAnswer answer = session.Answer(-1);
        Assert.Equal((6400, 10_000, 3600), (answer.First, answer.Next, answer.Times.Length));
        Assert.Equal(6400, answer.Figures["goroutines"][0]);
        Assert.Equal(9999, answer.Figures["goroutines"][^1]);
    }

    [Fact]
    public void A_page_is_told_only_the_rows_that_it_lacks()
    {
        var session = new LiveSession("shop", capacity: 10);
        for (int i = 0; i < 25; i++)
            session.Add(Sample(i, goroutines: i));

        LiveAnswer answer = session.Answer(23);
        Assert.Equal((23, 25), (answer.First, answer.Next));
        Assert.Equal((double?[])[23, 24], [.. answer.Figures["goroutines"]]);
        Assert.Empty(session.Answer(25).Times);
    }

    // A page of an earlier plumb, or one that slept for longer than is kept.
    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(1_000_000)]
    public void What_a_page_cannot_go_on_from_is_told_anew(long since)
    {
        var session = new LiveSession("shop", capacity: 10);
        for (int i = 0; i < 25; i++)
            session.Add(Sample(i, goroutines: i));

        LiveAnswer answer = session.Answer(since);
        Assert.Equal((15, 10), (answer.First, answer.Times.Length));
    }

    [Fact]
    public void What_is_not_known_is_left_out_and_never_zero()
    {
        var session = new LiveSession("shop");
        session.Add(Sample(0, goroutines: 7));
        session.Add(new LiveSample(Start.AddSeconds(1), IsAnswered: false));

        LiveAnswer answer = session.Answer(-1);
        Assert.Equal((double?[])[7, null], [.. answer.Figures["goroutines"]]);
        Assert.DoesNotContain("threads", answer.Figures);
        Assert.False(answer.IsAnswered);
    }

    [Fact]
    public void A_state_without_connections_has_none_and_only_so_many_states_are_kept()
    {
        var session = new LiveSession("shop");
        session.Add(Sample(0, goroutines: 1) with { Connections = new Dictionary<string, double> { ["ESTABLISHED"] = 5 } });
        session.Add(Sample(1, goroutines: 1) with { Connections = new Dictionary<string, double> { ["CLOSE_WAIT"] = 2 } });
        session.Add(Sample(2, goroutines: 1));
        session.Add(Sample(3, goroutines: 1) with { Connections = Enumerable.Range(0, 500).ToDictionary(i => $"STATE_{i}", _ => 1.0) });

        LiveAnswer answer = session.Answer(-1);
        Assert.Equal((double?[])[5, 0, null, 0], [.. answer.States["ESTABLISHED"]]);
        Assert.Equal((double?[])[null, 2, null, 0], [.. answer.States["CLOSE_WAIT"]]);
        Assert.Equal(12, answer.States.Count);
    }

    [Fact]
    public void Only_the_latest_events_are_kept()
    {
        var session = new LiveSession("shop");
        for (int i = 0; i < 1000; i++)
            session.Tell(new LiveEvent(Start.AddSeconds(i), LiveEventKind.Note, $"note {i}"));

        LiveAnswer answer = session.Answer(-1);
        Assert.Equal((1000, 200, "note 999"), (answer.EventsTold, answer.Events.Length, answer.Events[^1].Text));
    }

    internal static LiveSample Sample(int second, double goroutines) => new(Start.AddSeconds(second), IsAnswered: true)
    {
        Figures = new Dictionary<LiveFigure, double> { [LiveFigure.Goroutines] = goroutines },
    };
}
