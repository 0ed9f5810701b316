using Plumb.Collectors.Loading;

namespace Plumb.Collectors.Tests.Loading;

public sealed class LoadScheduleTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(500)]
    [InlineData(333.3)]
    [InlineData(100_000)]
    public void Requests_are_due_evenly_however_late_they_are_asked_for(double rate)
    {
        var schedule = new LoadSchedule(rate, null, null);
        for (long index = 0; index < 5000; index += 7)
        {
            TimeSpan due = schedule.Due(index, TimeSpan.FromHours(2))!.Value;
            Assert.Equal(index / rate, due.TotalSeconds, 1e-6);
        }
    }

    [Theory]
    [InlineData(500, 3, 1500)]
    [InlineData(100, 0.5, 50)]
    [InlineData(0.5, 3, 2)]
    public void A_duration_holds_as_many_requests_as_are_due_in_it(double rate, double seconds, int requests)
    {
        var schedule = new LoadSchedule(rate, null, TimeSpan.FromSeconds(seconds));
        Assert.NotNull(schedule.Due(requests - 1, TimeSpan.FromHours(2)));
        Assert.Null(schedule.Due(requests, TimeSpan.Zero));
    }

    [Fact]
    public void What_is_due_by_a_moment_is_bounded_by_the_number_asked_for()
    {
        var schedule = new LoadSchedule(100, 30, null);
        Assert.Equal([0, 1, 1, 2, 30], new[] { -1, 0, 9, 10, 10_000 }.Select(millis => schedule.DueBy(TimeSpan.FromMilliseconds(millis))));
    }
}
