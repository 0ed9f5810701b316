using System.Runtime.InteropServices;

namespace Plumb.Agent.Contract;

/// <summary>What the agent is asked over a connection; each is answered by a <see cref="LinkAnswer"/>. When the connection ends, so does what was begun over it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct LinkRequest
{
    /// <summary>A snapshot of the heap samples (<see cref="SnapshotHeader"/>).</summary>
    public const int Heap = 1;

    /// <summary>
    /// A copy of the process that stands still. The status is a <see cref="FreezeFault"/>, the bytes are its number (32 bits), and
    /// the socket that answers <see cref="FrozenRequest"/> comes with the answer (SCM_RIGHTS).
    /// </summary>
    public const int Freeze = 2;

    /// <summary>Ends the copy with the number Argument.</summary>
    public const int Thaw = 3;

    /// <summary>Collects garbage in all generations. The status is what the runtime said.</summary>
    public const int Collect = 4;

    /// <summary>The runtime's number (64 bits) of the class Task; 0 for none.</summary>
    public const int TaskClass = 5;

    /// <summary>Leaves. When nobody else wants samples, the answer comes once the runtime has let go of the agent: the status is then its <see cref="AgentState"/>.</summary>
    public const int Leave = 6;

    /// <summary>As <see cref="AgentContract.CpuExport"/>, with that as the Argument. The status is a <see cref="CpuFault"/>.</summary>
    public const int Cpu = 7;

    /// <summary>The CPU profile under way, as <see cref="AgentContract.CpuReadExport"/>.</summary>
    public const int CpuRead = 8;

    public int Operation;
    public int Reserved;
    public long Argument;
}

[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct LinkAnswer
{
    public int Status;
    public int Reserved;

    /// <summary>Of the bytes that follow.</summary>
    public long Bytes;
}
