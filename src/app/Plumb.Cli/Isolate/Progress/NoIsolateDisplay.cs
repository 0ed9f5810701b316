using Plumb.Leaks.Isolation;

namespace Plumb.Cli.Isolate.Progress;

internal sealed class NoIsolateDisplay : IIsolateDisplay
{
    public void Start(string target, IReadOnlyList<string> routes, IsolatePlan plan)
    {
    }

    public void WarmUp()
    {
    }

    public void Begin(IsolationRound round)
    {
    }

    public void End(RoundRecord record, IsolationResult known)
    {
    }

    public void Judge(IReadOnlyList<int> routes)
    {
    }

    public void Dispose()
    {
    }
}
