namespace Plumb.Agent.Contract;

/// <summary>How far the agent has come.</summary>
internal enum AgentState
{
    /// <summary>Loaded as a library; the runtime has not asked for it.</summary>
    Idle = 0,

    /// <summary>The runtime has it, samples do not come yet.</summary>
    Attached = 1,

    /// <summary>Samples come in.</summary>
    Sampling = 2,

    /// <summary>It was told to stop, and the runtime has not let go of it yet.</summary>
    Stopping = 3,

    /// <summary>The runtime let go of it; it can be attached again.</summary>
    Stopped = 4,

    /// <summary>The runtime is too old, or refused the events.</summary>
    Refused = 5,
}
