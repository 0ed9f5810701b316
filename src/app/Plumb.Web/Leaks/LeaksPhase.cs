namespace Plumb.Web.Leaks;

/// <summary>How far a diagnosis is.</summary>
public enum LeaksPhase
{
    /// <summary>Nothing was seen yet.</summary>
    Waiting,

    /// <summary>Snapshots are being taken.</summary>
    Watching,

    /// <summary>What was seen is being judged.</summary>
    Judging,

    /// <summary>There is a verdict.</summary>
    Done,

    /// <summary>There will be none.</summary>
    Failed,
}
