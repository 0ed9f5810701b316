namespace Plumb.Collectors.Loading.Connections;

/// <summary>The time by which the exchange under way on a connection must have ended. Set by the sender, enforced by another thread.</summary>
/// <remarks>A timer for each request would cost more than the request; one loop looks at all connections instead.</remarks>
internal sealed class RequestDeadline
{
    private const long Idle = long.MaxValue;
    private const long Passed = long.MinValue;
    private const long Ended = long.MinValue + 1;

    private long _due = Idle;

    /// <summary>Begins an exchange; false when the load has ended.</summary>
    public bool TryBegin(long due)
    {
        long was = Interlocked.CompareExchange(ref _due, due, Idle);
        return was == Idle;
    }

    /// <summary>Ends it.</summary>
    /// <returns>Null when it went its way, else whether its time had passed (true) or the load had ended (false).</returns>
    public bool? Complete()
    {
        long was = Interlocked.Exchange(ref _due, Idle);
        if (was == Ended)
        {
            Interlocked.Exchange(ref _due, Ended);
        }

        return was switch
        {
            Passed => true,
            Ended => false,
            _ => null,
        };
    }

    /// <summary>Whether the exchange under way is overdue; if so it is marked, and the caller breaks its connection.</summary>
    public bool TryExpire(long now)
    {
        long due = Interlocked.Read(ref _due);
        // Only the exchange that was looked at: the sender may have begun the next one meanwhile.
        return due is not (Idle or Passed or Ended) && now > due && Interlocked.CompareExchange(ref _due, Passed, due) == due;
    }

    public void EndAll() => Interlocked.Exchange(ref _due, Ended);
}
