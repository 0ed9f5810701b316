using Plumb.Collectors.Loading;
using Plumb.Collectors.Recording;
using Plumb.Leaks.Snapshots;

namespace Plumb.Cli.Leaks.Progress;

/// <summary>Shows how a series comes along. Disposing takes a live display off the screen; more than once does no harm.</summary>
internal interface IProgressDisplay : IDisposable
{
    void Start(string target, RecordingPlan plan, LoadGenerator? load);

    /// <summary>A snapshot was taken; one that failed has nothing but notes.</summary>
    void Add(Snapshot snapshot);

    /// <summary>The series is complete, and is being judged.</summary>
    void Judge();
}
