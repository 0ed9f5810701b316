namespace Plumb.Collectors.Tests;

/// <summary>A clock that jumps to the end of every wait, so that a schedule is tested exactly and at once, however busy the machine is.</summary>
internal sealed class VirtualTime : HeldTime
{
    protected override void OnWait(TimeSpan moment) => ThreadPool.QueueUserWorkItem(_ => AdvanceTo(moment));
}
