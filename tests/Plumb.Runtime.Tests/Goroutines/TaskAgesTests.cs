using Plumb.Runtime.Goroutines;

namespace Plumb.Runtime.Tests.Goroutines;

public sealed class TaskAgesTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_task_is_as_old_as_the_first_mark_that_had_come_so_far()
    {
        var ages = new TaskAges(_time);
        ages.Add(10);
        _time.Advance(TimeSpan.FromMinutes(5));
        ages.Add(20);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.FromMinutes(6), ages.Of(3));
        Assert.Equal(TimeSpan.FromMinutes(6), ages.Of(10));
        Assert.Equal(TimeSpan.FromMinutes(1), ages.Of(11));
        Assert.Equal(TimeSpan.Zero, ages.Of(21));
    }

    [Fact]
    public void Numbers_that_begin_anew_are_dated_all_the_same()
    {
        var ages = new TaskAges(_time);
        ages.Add(int.MaxValue - 1);
        _time.Advance(TimeSpan.FromMinutes(2));
        ages.Add(int.MinValue + 5);
        _time.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(TimeSpan.FromMinutes(5), ages.Of(int.MaxValue - 1));
        Assert.Equal(TimeSpan.FromMinutes(3), ages.Of(int.MaxValue));
        Assert.Equal(TimeSpan.FromMinutes(3), ages.Of(int.MinValue + 2));
        Assert.Equal(TimeSpan.Zero, ages.Of(int.MinValue + 6));
    }

    [Fact]
    public void Over_weeks_memory_is_bounded_and_ages_are_never_too_high_and_two_parts_in_a_hundred_too_low_at_most()
    {
        var ages = new TaskAges(_time);
        const int Seconds = 500_000;
        for (int i = 0; i < Seconds; i++)
        {
            ages.Add(i);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(ages.Marks, 1_000, 4_096);
        for (int i = 0; i < Seconds; i += 997)
        {
            int age = Seconds - i;
            Assert.InRange(ages.Of(i).TotalSeconds, (age * 0.98) - 1, age);
        }

        Assert.Equal(TimeSpan.FromSeconds(60), ages.Of(Seconds - 60));
    }

    [Fact]
    public void Where_nothing_happens_nothing_is_remembered()
    {
        var ages = new TaskAges(_time);
        for (int i = 0; i < 100; i++)
            ages.Add(7);

        Assert.Equal(1, ages.Marks);
    }
}
