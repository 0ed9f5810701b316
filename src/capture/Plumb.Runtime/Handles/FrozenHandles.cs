using Plumb.Runtime.Agent;
using Plumb.Runtime.Frozen;
using Plumb.Runtime.Naming;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Handles;

/// <summary>The timers and the connections of HTTP clients of another process, from a copy of it that stands still.</summary>
internal sealed class FrozenHandles
{
    private const int MaxObjects = 500_000;
    private const string Timer = "System.Threading.TimerQueueTimer";
    private const string Http1 = "System.Net.Http.HttpConnection";
    private const string Http2 = "System.Net.Http.Http2Connection";
    private const string Http3 = "System.Net.Http.Http3Connection";

    private readonly FrozenProcess _frozen;
    private readonly FrozenTypes _types;
    private readonly HandleProfile _profile;
    private readonly FrameNamer _names;
    private readonly FrozenDelegates _delegates;
    private long _timers;
    private long _connections;

    private FrozenHandles(FrozenProcess frozen, HandleProfile profile, FrameNamer names)
    {
        _frozen = frozen;
        _profile = profile;
        _names = names;
        _types = new FrozenTypes(frozen, names);
        _delegates = new FrozenDelegates(frozen, _types);
    }

    /// <exception cref="ProfileUnavailableException">There is no memory for a copy, or none was made.</exception>
    public static void AddTo(HandleProfile profile, TargetProcess target, IAgent agent)
    {
        MemoryHeadroom.Check(target);
        using var names = new FrameNamer(target);
        using FrozenProcess frozen = agent.Freeze();
        new FrozenHandles(frozen, profile, names).AddAll();
        profile.Say($"the process stood still for {agent.Read().Header.FreezeNanos / 1e6:0.0} ms");
    }

    private void AddAll()
    {
        // The copy answers one question at a time: what is of interest first, what it says then.
        long[] classes = [.. _frozen.Types().Select(row => row.Class).Where(id => id != 0 && _types.Find(id) is { Name: Timer or Http1 or Http2 or Http3 })];
        var found = new List<long>();
        long left = 0;
        if (classes.Length > 0)
        {
            _frozen.Walk(classes, (address, _, _) =>
            {
                if (found.Count < MaxObjects)
                    found.Add(address);
                else
                    left++;
            });
        }

        foreach (long address in found)
        {
            if (FrozenObject.At(_frozen, _types, address) is not { } held)
                continue;
            if (held.Type.Name == Timer)
                AddTimer(held);
            else
                AddConnection(held);
        }

        _profile.Say($"{_timers} timers that are set; {_connections} connections of HTTP clients, those that are garbage but not collected among them; their sockets are among the descriptors as well");
        if (left > 0)
            _profile.Say($"{left} timers and connections left out: no room");
    }

    private void AddTimer(FrozenObject timer)
    {
        // One that has fired for the last time, or was stopped, has no time at which it is due.
        if (timer.Value<uint>("_dueTime") == uint.MaxValue || timer.Value<bool>("_canceled"))
            return;
        _profile.Add(_delegates.Callback(timer), _names, [TimerPeriod.Of(timer.Value<uint>("_period")), "timer"]);
        _timers++;
    }

    private void AddConnection(FrozenObject connection)
    {
        (string version, bool isOpen, bool isActive) = connection.Type.Name switch
        {
            Http1 => ("1.1", !connection.Value<bool>("_disposed"), connection.Value<long>("_currentRequest") != 0),
            Http2 => ("2", !connection.Value<bool>("_shutdown"), connection.Value<uint>("_streamsInUse") > 0),
            _ => ("3", connection.Value<long>("_connection") != 0, connection.Object("_activeRequests")?.Value<int>("_count") > 0),
        };
        if (!isOpen)
            return;
        FrozenObject? pool = connection.Object("_pool");
        FrozenObject? authority = pool?.Object("_originAuthority");
        string host = authority?.Object("<IdnHost>k__BackingField")?.Text() is { Length: > 0 } name ? name : "[host unknown]";
        // HttpConnectionKind of dotnet/runtime: those with TLS to the host.
        string scheme = pool?.Value<byte>("_kind") is 1 or 4 or 7 ? "https" : "http";
        _profile.Add([$"{scheme}://{host}:{authority?.Value<int>("<Port>k__BackingField") ?? 0}", $"HTTP/{version}", "HTTP connection"], isActive ? "active" : "idle");
        _connections++;
    }
}
