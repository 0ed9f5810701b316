using Plumb.Collectors.Loading;
using Plumb.Collectors.Recording;

namespace Plumb.Cli.Leaks.Progress;

internal sealed class NoProgress : IProgressDisplay
{
    public void Start(string target, RecordingPlan plan, LoadGenerator? load)
    {
    }

    public void Add(int sequence, SnapshotFigures figures, IReadOnlyList<string> notes)
    {
    }

    public void Judge()
    {
    }

    public void Dispose()
    {
    }
}
