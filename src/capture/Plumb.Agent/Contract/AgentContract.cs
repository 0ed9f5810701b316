namespace Plumb.Agent.Contract;

/// <summary>
/// What the agent and those who load it agree on: names, numbers and layouts. This folder is compiled into both, so that
/// neither can drift; <see cref="Version"/> is asked before anything else, because the two files may come from different builds.
/// </summary>
internal static class AgentContract
{
    /// <summary>Changes with every change of an export, of a layout or of the order of what is written.</summary>
    public const int Version = 6;

    /// <summary>First word of every snapshot: "PLMB".</summary>
    public const uint Magic = 0x424D_4C50;

    public const string FileName = "libplumb-agent.so";

    /// <summary>Returns <see cref="Version"/>.</summary>
    public const string VersionExport = "plumb_agent_version";

    /// <summary>Returns an <see cref="AgentState"/>.</summary>
    public const string StateExport = "plumb_agent_state";

    /// <summary>Takes a buffer and its size in bytes; writes a snapshot of the heap samples and returns its size, or the size that it needs.</summary>
    public const string HeapExport = "plumb_agent_heap";

    /// <summary>
    /// Takes two places for numbers and puts a process and a socket there: a copy of this process that stands still and answers
    /// <see cref="FrozenRequest"/>. Returns 0, or why there is none: a <see cref="FreezeFault"/>.
    /// </summary>
    public const string FreezeExport = "plumb_agent_freeze";

    /// <summary>
    /// Takes a number of samples a second of CPU time and begins a CPU profile, or a <see cref="CpuOrder"/> about the one under way. Returns 0,
    /// or why there is none: a <see cref="CpuFault"/>.
    /// </summary>
    public const string CpuExport = "plumb_agent_cpu";

    /// <summary>As <see cref="HeapExport"/>, of the CPU profile under way.</summary>
    public const string CpuReadExport = "plumb_agent_cpu_read";

    /// <summary>Takes part in the sampling that is under way. Returns 0, or another number when there is none.</summary>
    public const string JoinExport = "plumb_agent_join";

    /// <summary>
    /// Ends taking part. With the last one sampling ends, every handle is freed and the runtime asked to let go of the agent.
    /// </summary>
    public const string StopExport = "plumb_agent_stop";

    /// <summary>The class that the runtime asks the library for.</summary>
    public static readonly Guid ClassId = new("6a9c0a4e-5f0e-4c35-9d0b-2f7b1c8f7e61");

    /// <summary>Mean distance of two samples in bytes: the runtime's own, it cannot be chosen.</summary>
    public const double SamplingDistanceBytes = 102_400;
}
