using System.ComponentModel.DataAnnotations;

namespace Plumb.AspNetCore;

/// <summary>How the service serves its profiles. Bound from the configuration section <c>Pprof</c>.</summary>
public sealed class PprofOptions
{
    public const string Section = "Pprof";

    /// <summary>Whether the endpoints answer; asked at every request, so that it can be switched while the service runs. PPROF_ENABLED overrides it.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Whether callers from other machines are served. Where they are not, the endpoints do not exist for them. Profiles show
    /// what a service does: require authorization before allowing this.
    /// </summary>
    public bool AllowRemote { get; set; }

    /// <summary>Whether allocations are sampled from the start of the service; otherwise from the first request for them on.</summary>
    public bool SampleHeap { get; set; } = true;

    /// <summary>
    /// Whether the runtime lists its pending tasks all the time, so that <c>goroutine</c> needs neither the agent nor a pause, and knows how long each has
    /// waited. It costs every async call that waits some 100 ns; threads are then named without their stacks.
    /// </summary>
    public bool TrackTasks { get; set; }

    /// <summary>
    /// A port on which this machine reaches the endpoints besides those that the service maps: for hosts that serve no HTTP. 0: any that is free.
    /// Null: none.
    /// </summary>
    [Range(0, 65535)]
    public int? Port { get; set; }

    /// <summary>Path of the native agent; null: beside the application.</summary>
    public string? AgentPath { get; set; }

    /// <summary>The longest time that a caller may ask to be measured, in seconds.</summary>
    [Range(1, 3600)]
    public int MaxSeconds { get; set; } = 300;
}
