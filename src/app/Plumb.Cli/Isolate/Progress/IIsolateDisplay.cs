using Plumb.Leaks.Isolation;

namespace Plumb.Cli.Isolate.Progress;

/// <summary>Shows the plan, and how the search comes along. Disposing takes a live display off the screen; more than once does no harm.</summary>
internal interface IIsolateDisplay : IDisposable
{
    void Start(string target, IReadOnlyList<string> routes, IsolatePlan plan);

    void WarmUp();

    void Begin(IsolationRound round);

    void End(RoundRecord record, IsolationResult known);

    /// <summary>A route that was found is loaded once more, to name its line.</summary>
    void Judge(IReadOnlyList<int> routes);
}
