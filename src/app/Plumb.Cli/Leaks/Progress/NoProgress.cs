using Plumb.Collectors.Loading;
using Plumb.Collectors.Recording;
using Plumb.Leaks.Snapshots;

namespace Plumb.Cli.Leaks.Progress;

internal sealed class NoProgress : IProgressDisplay
{
    public void Start(string target, RecordingPlan plan, LoadGenerator? load)
    {
    }

    public void Add(Snapshot snapshot)
    {
    }

    public void Judge()
    {
    }

    public void Dispose()
    {
    }
}
