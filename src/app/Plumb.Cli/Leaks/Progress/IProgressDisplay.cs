using Plumb.Collectors.Loading;
using Plumb.Collectors.Recording;

namespace Plumb.Cli.Leaks.Progress;

/// <summary>Shows how a series comes along. Disposing takes a live display off the screen; more than once does no harm.</summary>
internal interface IProgressDisplay : IDisposable
{
    void Start(string target, RecordingPlan plan, LoadGenerator? load);

    void Add(int sequence, SnapshotFigures figures, IReadOnlyList<string> notes);

    /// <summary>The series is complete, and is being judged.</summary>
    void Judge();
}
