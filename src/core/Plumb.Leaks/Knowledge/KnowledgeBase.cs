using Plumb.Leaks.Knowledge.DotNet;
using Plumb.Leaks.Knowledge.Go;

namespace Plumb.Leaks.Knowledge;

/// <summary>All known patterns, and the one that explains a suspect best.</summary>
public static class KnowledgeBase
{
    public static IReadOnlyList<LeakPattern> Patterns { get; } =
    [
        new RedisClientPerRequest(),
        new RedisV9ClientPerRequest(),
        new HttpBodyNotClosed(),
        new HttpTransportPerRequest(),
        new HttpClientWithoutTimeout(),
        new HttpServerIdleConnections(),
        new AmqpAutoAckBacklog(),
        new AmqpConnectionPerPublish(),
        new AmqpNotifyCloseListeners(),
        new TimeAfterInLoop(),
        new TickerNotStopped(),
        new GoroutineLoopsOverTicker(),
        new TimerCallbacksPending(),
        new GoroutineBlockedOnSend(),
        new GoroutineBlockedOnReceive(),
        new GoroutineBlockedInSelect(),
        new WaitGroupNeverDone(),
        new MutexNeverUnlocked(),
        new CondNeverSignalled(),
        new NilChannel(),
        new SqlOpenPerRequest(),
        new SqlRowsNotClosed(),
        new SqlTransactionNotEnded(),
        new SqlPoolExhausted(),
        new SqlStatementNotClosed(),
        new MySqlConnectionHeld(),
        new ContextParentCustom(),
        new ContextNotCancelled(),
        new FileNotClosed(),
        new ConnectionNotClosed(),
        new GrpcConnectionPerRequest(),
        new GrpcStreamNotClosed(),
        new EtcdClientNotClosed(),
        new SaramaClientPerRequest(),
        new KafkaGoWriterPerRequest(),
        new FsnotifyWatcherNotClosed(),
        new ZapBufferedWriterNotStopped(),
        new ExecWithoutWait(),
        new PipeWithoutPeer(),
        new GzipWriterRetained(),
        new RegexpKept(),
        new SignalNotifyNotStopped(),
        new FinalizerBlocks(),
        new ThreadLocked(),
        new RedisMultiplexerPerRequest(),
        new HttpClientPerCall(),
        new HttpResponseNotDisposed(),
        new HttpPoolExhausted(),
        new EventNotUnsubscribed(),
        new HeldByStaticField(),
        new TimerNotDisposed(),
        new PeriodicTimerNeverStops(),
        new TokenRegistrationNotDisposed(),
        new LinkedTokenSourceNotDisposed(),
        new DelayAbandoned(),
        new MemoryCacheUnbounded(),
        new TaskNeverCompleted(),
        new SemaphoreNotReleased(),
        new UnboundedChannel(),
        new ChannelNotCompleted(),
        new DbContextKept(),
        new CaptiveDisposables(),
        new DbContextOptionsPerRequest(),
        new ThreadLocalNotDisposed(),
        new AsyncLocalCaptured(),
        new FileWatcherNotDisposed(),
        new FileProviderPerRequest(),
        new LargeObjectFragmentation(),
        new ArrayPoolNotReturned(),
        new CompiledRegexPerCall(),
        new ExpressionCompiledPerCall(),
        new XmlSerializerPerCall(),
        new RabbitConnectionPerPublish(),
        new RabbitConsumerBacklog(),
        new NpgsqlConnectionNotDisposed(),
        new NpgsqlPoolPerString(),
        new MemoryStreamKept(),
        new LoadContextNotUnloaded(),
        new StringsInterned(),
        new FinalizerThreadBlocked(),
        new LoggerFactoryPerRequest(),
        new ProcessNotDisposed(),
        new JsonOptionsPerCall(),
        new StreamNotDisposed(),
        new NativeMemoryBesideHeap(),
        new HttpHandlerStuck(),
        new SubsliceKeepsArray(),
        new PoolHoldsGiants(),
        new CgoBlocked(),
        new UnboundedMap(),
        new NativeMemory(),
    ];

    /// <summary>The surest, then the most specific pattern that fits; null when none does.</summary>
    public static (LeakPattern Pattern, PatternMatch Match)? Best(SuspectFacts suspect)
    {
        (LeakPattern Pattern, PatternMatch Match)? best = null;
        foreach (var pattern in Patterns)
        {
            // Without any stack it may be either.
            if (suspect.Growing.Count + suspect.Process.Count > 0 && pattern.IsOfDotNet != suspect.IsDotNet) continue;
            var match = pattern.Judge(suspect);
            if (match.Verdict == PatternVerdict.No) continue;
            if (best is not { } other || Rank(pattern, match) > Rank(other.Pattern, other.Match)) best = (pattern, match);
        }

        return best;
    }

    private static int Rank(LeakPattern pattern, PatternMatch match) => (match.Verdict == PatternVerdict.Yes ? 10 : 0) + pattern.Specificity;
}
