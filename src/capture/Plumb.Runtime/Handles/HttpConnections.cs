using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;

namespace Plumb.Runtime.Handles;

/// <summary>
/// The connections of this process's HTTP clients, by host and state, from the figures that System.Net.Http gives of itself
/// (<c>http.client.open_connections</c>): a connection is told of from its start on, so that those from before this object are not known.
/// Safe for concurrent use.
/// </summary>
internal sealed class HttpConnections : IDisposable
{
    private const string MeterName = "System.Net.Http";
    private const string Instrument = "http.client.open_connections";
    private const int MaxRows = 4096;

    private readonly Lock _turn = new();
    private readonly Dictionary<Row, long> _open = [];
    private readonly MeterListener _listener = new();
    private readonly DateTimeOffset _since;
    private long _lost;

    private readonly record struct Row(string Scheme, string Host, int Port, string Version, string State);

    public HttpConnections(DateTimeOffset now)
    {
        _since = now;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == MeterName && instrument.Name == Instrument)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, change, tags, _) => Count(change, tags));
        _listener.Start();
    }

    public void AddTo(HandleProfile profile)
    {
        long all = 0;
        lock (_turn)
        {
            foreach ((Row row, long count) in _open)
            {
                if (count <= 0)
                    continue;
                profile.Add([$"{row.Scheme}://{row.Host}:{row.Port}", $"HTTP/{row.Version}", "HTTP connection"], row.State, count);
                all += count;
            }
        }

        profile.Say($"{all} connections of HTTP clients opened since {_since:u}; their sockets are among the descriptors as well");
        if (_lost > 0)
            profile.Say($"{_lost} changes of HTTP connections lost: no room for more than {MaxRows} hosts and states");
    }

    public void Dispose() => _listener.Dispose();

    private void Count(long change, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Row row = Read(tags);
        lock (_turn)
        {
            if (_open.Count >= MaxRows && !_open.ContainsKey(row))
            {
                _lost++;
                return;
            }

            ref long count = ref CollectionsMarshal.GetValueRefOrAddDefault(_open, row, out _);
            count += change;
            // A service that talks to ever other hosts must not be remembered for all of them.
            if (count == 0)
                _open.Remove(row);
        }
    }

    private static Row Read(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string scheme = "", host = "", version = "", state = "";
        int port = 0;
        foreach ((string key, object? value) in tags)
        {
            switch (key)
            {
                case "url.scheme":
                    scheme = value as string ?? "";
                    break;
                case "server.address":
                    host = value as string ?? "";
                    break;
                case "server.port":
                    port = value is int number ? number : 0;
                    break;
                case "network.protocol.version":
                    version = value as string ?? "";
                    break;
                case "http.connection.state":
                    state = value as string ?? "";
                    break;
            }
        }

        return new Row(scheme, host, port, version, state);
    }
}
