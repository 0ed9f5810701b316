using Plumb.Collectors.Loading.Connections;
using Plumb.Collectors.Loading.Requests;

namespace Plumb.Collectors.Loading;

/// <summary>Counts what many senders do at once, in memory that depends on the number of different requests only.</summary>
internal sealed class LoadCounters
{
    private const int MaxStatus = 1000;

    private readonly RequestMix _mix;
    private readonly LatencyHistogram _latencies = new();
    private readonly long[] _outcomes = new long[Enum.GetValues<LoadOutcome>().Length];
    private readonly long[] _statuses = new long[MaxStatus];
    private readonly OneRequest[] _requests;
    private long _bytes;

    public LoadCounters(RequestMix mix)
    {
        _mix = mix;
        _requests = [.. mix.Requests.Select(_ => new OneRequest())];
    }

    public void Add(int request, LoadAnswer answer, TimeSpan latency)
    {
        Interlocked.Increment(ref _outcomes[(int)answer.Outcome]);
        Interlocked.Add(ref _bytes, answer.Bytes);
        if (answer.Status > 0)
        {
            Interlocked.Increment(ref _statuses[Math.Min(answer.Status, MaxStatus - 1)]);
        }

        // A refused connection fails in microseconds and would make a dead service look fast.
        bool reached = answer.Outcome is not (LoadOutcome.Refused or LoadOutcome.Unreachable or LoadOutcome.Tls);
        if (reached)
        {
            _latencies.Record(latency);
        }

        _requests[request].Add(answer.Outcome == LoadOutcome.Success, reached, latency);
    }

    public LoadReport Report(TimeSpan elapsed, long late, long connections) => new(elapsed, (long[])_outcomes.Clone(), late, _latencies.Copy())
    {
        Statuses = Enumerable.Range(0, MaxStatus).Where(status => _statuses[status] > 0).ToDictionary(status => status, status => _statuses[status]),
        Requests = [.. _requests.Select((one, i) => one.Tally(_mix.Requests[i].Name))],
        BytesReceived = Interlocked.Read(ref _bytes),
        ConnectionsOpened = connections,
    };

    private sealed class OneRequest
    {
        private long _ended;
        private long _errors;
        private long _notConnected;
        private long _totalTicks;
        private long _slowestTicks;

        public void Add(bool succeeded, bool reached, TimeSpan latency)
        {
            Interlocked.Increment(ref _ended);
            if (!succeeded)
            {
                Interlocked.Increment(ref _errors);
            }

            if (!reached)
            {
                Interlocked.Increment(ref _notConnected);
                return;
            }

            Interlocked.Add(ref _totalTicks, latency.Ticks);
            long slowest = Interlocked.Read(ref _slowestTicks);
            while (latency.Ticks > slowest)
            {
                long was = Interlocked.CompareExchange(ref _slowestTicks, latency.Ticks, slowest);
                slowest = was == slowest ? latency.Ticks : was;
            }
        }

        public RequestTally Tally(string name) =>
            new(name, _ended, _errors, TimeSpan.FromTicks(_totalTicks), TimeSpan.FromTicks(_slowestTicks), _notConnected);
    }
}
