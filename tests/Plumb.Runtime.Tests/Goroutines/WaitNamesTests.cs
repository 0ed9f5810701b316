using Plumb.Runtime.Goroutines;

namespace Plumb.Runtime.Tests.Goroutines;

public sealed class WaitNamesTests
{
    [Theory]
    [InlineData("System.Threading.Tasks.Task.DelayPromiseWithCancellation System.Threading.Tasks.Task.DelayPromise", "System.Threading.Tasks.Task.Delay", "sleep")]
    [InlineData("System.Threading.Channels.BlockedWriteAsyncOperation", "System.Threading.Channels.ChannelWriter.WriteAsync", "chan send")]
    [InlineData("Shop.OwnSource System.Object", "Shop.OwnSource", "await")]
    public void What_is_waited_for_has_the_name_of_the_call_and_a_state_that_readers_of_Go_know(string types, string call, string state) =>
        Assert.Equal((call, state), WaitNames.OfType(types.Split(' ')));
}
