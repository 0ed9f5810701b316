namespace Plumb.AspNetCore;

/// <summary>Lets one capture in at a time: two would measure each other.</summary>
internal sealed class CaptureGate
{
    private int _busy;

    public bool TryEnter() => Interlocked.CompareExchange(ref _busy, 1, 0) == 0;

    public void Leave() => Volatile.Write(ref _busy, 0);
}
