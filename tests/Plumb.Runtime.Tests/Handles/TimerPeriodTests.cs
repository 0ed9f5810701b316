using Plumb.Runtime.Handles;

namespace Plumb.Runtime.Tests.Handles;

public sealed class TimerPeriodTests
{
    [Theory]
    [InlineData(0u, "once")]
    [InlineData(uint.MaxValue, "once")]
    [InlineData(250u, "every 250 ms")]
    [InlineData(1_500u, "every 1.5 s")]
    [InlineData(60_000u, "every 1 min")]
    [InlineData(86_400_000u, "every 24 h")]
    public void A_period_is_said_in_the_unit_that_people_use(uint milliseconds, string expected) => Assert.Equal(expected, TimerPeriod.Of(milliseconds));
}
