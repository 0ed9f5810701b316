using System.Globalization;
using System.Net;
using Plumb.Collectors.Processes;
using Plumb.Leaks.Snapshots;

namespace Plumb.Collectors.Recording;

/// <summary>Metrics from <c>/proc</c> of the process that listens on the target's port, when it runs on this machine. When the process
/// ends and another takes over the port, that one is read from then on.</summary>
public sealed class ProcessMetricsSource : IMetricsSource
{
    private readonly ProcFolder _folder;
    private readonly IReadOnlyCollection<IPAddress> _addresses;
    private readonly int _port;
    private readonly int? _pid;
    private ProcessProbe? _probe;

    /// <summary>Of the process with this number, for as long as it runs.</summary>
    public ProcessMetricsSource(ProcFolder folder, int pid)
        : this(folder, [], 0) => _pid = pid;

    /// <param name="folder">Where to read.</param>
    /// <param name="addresses">Addresses of this machine under which the target is reached.</param>
    /// <param name="port">The target's port.</param>
    public ProcessMetricsSource(ProcFolder folder, IReadOnlyCollection<IPAddress> addresses, int port)
    {
        _folder = folder;
        _addresses = addresses;
        _port = port;
    }

    /// <summary>The process that was read last; null when none was found.</summary>
    public ProcessMetrics? Latest { get; private set; }

    public Task<MetricsReading> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Read());

    private MetricsReading Read()
    {
        List<string> notes = [];
        Latest = _probe?.Read();
        if (Latest is null)
        {
            Latest = Search(notes);
        }

        return Latest is null ? MetricsReading.Empty with { Notes = notes } : new MetricsReading(Values(Latest), notes);
    }

    private ProcessMetrics? Search(List<string> notes)
    {
        if (_probe is { } ended)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"process {ended.Pid} has ended"));
        }

        if (_pid is not null && _probe is not null)
        {
            return null;
        }

        ListenerSearch search = _pid is { } own ? new ListenerSearch(own, "") : ListenerSearch.Find(_folder, _addresses, _port);
        _probe = search.Pid is { } pid ? ProcessProbe.For(_folder, pid) : null;
        if (_probe is null)
        {
            notes.Add($"no process metrics: {(search.Reason.Length > 0 ? search.Reason : "the process has ended")}");
        }

        return _probe?.Read();
    }

    private static Dictionary<string, double> Values(ProcessMetrics metrics)
    {
        Dictionary<string, double> values = new(StringComparer.Ordinal);
        Add(values, MetricNames.ProcessId, metrics.Pid);
        Add(values, MetricNames.RssBytes, metrics.RssBytes);
        Add(values, MetricNames.CpuSeconds, metrics.CpuTime?.TotalSeconds);
        Add(values, MetricNames.Threads, metrics.Threads);
        Add(values, MetricNames.MemoryLimitBytes, metrics.MemoryLimitBytes);
        Add(values, MetricNames.DescriptorLimit, metrics.DescriptorLimit);
        Add(values, MetricNames.GoGcPercent, metrics.GoGcPercent);
        Add(values, MetricNames.GoMemoryLimitBytes, metrics.GoMemoryLimitBytes);
        Add(values, MetricNames.StartTimeSeconds, metrics.StartedAt?.ToUnixTimeMilliseconds() / 1000.0);
        if (metrics.Descriptors.Count > 0)
        {
            Add(values, MetricNames.Descriptors, metrics.Descriptors.Values.Sum());
        }

        foreach ((string kind, int count) in metrics.Descriptors)
        {
            Add(values, MetricNames.DescriptorKindPrefix + kind, count);
        }

        foreach ((TcpState state, int count) in metrics.TcpSockets)
        {
            Add(values, MetricNames.TcpPrefix + TcpStateNames.Of(state), count);
        }

        return values;
    }

    private static void Add(Dictionary<string, double> values, string name, double? value)
    {
        if (value is { } known)
        {
            // Two states of the kernel share the name SYN_RECV.
            values[name] = values.GetValueOrDefault(name) + known;
        }
    }
}
