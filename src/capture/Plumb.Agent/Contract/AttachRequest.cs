using System.Runtime.InteropServices;

namespace Plumb.Agent.Contract;

/// <summary>
/// What another process that attaches the agent hands over with it; after it comes the path of a unix socket in UTF-8, as the process that
/// loads the agent sees it. The agent connects to it and serves <see cref="LinkRequest"/> there until the connection ends. This struct
/// and <see cref="LinkHello"/> stay as they are in every version, so that two versions that meet can say so.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct AttachRequest
{
    /// <summary>What the path of a socket can be at most (sockaddr_un).</summary>
    public const int MaxPathBytes = 107;

    /// <summary><see cref="AgentContract.Magic"/>.</summary>
    public uint Magic;

    /// <summary><see cref="AgentContract.Version"/> of who attaches.</summary>
    public int Version;

    /// <summary>Comes back in the greeting: one listener may wait for several agents.</summary>
    public Guid Token;
}

/// <summary>What the agent says first on a connection.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct LinkHello
{
    public uint Magic;
    public int Version;
    public Guid Token;
    public int RuntimeMajor;

    /// <summary>Whether it was at work before this connection was asked for: then its samples reach further back.</summary>
    public int WasSampling;
}
