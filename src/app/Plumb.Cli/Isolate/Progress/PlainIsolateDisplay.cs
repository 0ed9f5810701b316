using System.Globalization;
using Plumb.Leaks.Isolation;
using Plumb.Profiles;

namespace Plumb.Cli.Isolate.Progress;

/// <summary>The plan, and a line for each round, without escapes: for logs.</summary>
internal sealed class PlainIsolateDisplay : IIsolateDisplay
{
    private readonly TextWriter _out;
    private IReadOnlyList<string> _routes = [];

    public PlainIsolateDisplay(TextWriter output) => _out = output;

    public void Start(string target, IReadOnlyList<string> routes, IsolatePlan plan)
    {
        _routes = routes;
        _out.WriteLine($"looking for the routes of {TerminalText.Escape(target)} that leak");
        foreach (string line in plan.Lines())
        {
            _out.WriteLine($"  {line}");
        }
    }

    public void WarmUp() => _out.WriteLine("warming up");

    public void Begin(IsolationRound round)
    {
    }

    public void End(RoundRecord record, IsolationResult known)
    {
        string grown = string.Join(", ", Enum.GetValues<SignalKind>().Select(kind => $"{SignalText.Growth(record.Growth(kind), kind)} {SignalText.Noun(kind)}"));
        _out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"round {record.Round.Number}, {PurposeText.Of(record.Round.Purpose)}: {record.Round.Routes.Count} route{(record.Round.Routes.Count == 1 ? "" : "s")}, {record.RequestsPerRoute} requests each: {grown}"));
    }

    public void Judge(IReadOnlyList<int> routes) =>
        _out.WriteLine($"looking for the line of {TerminalText.Escape(string.Join(" + ", routes.Select(route => _routes[route])))}");

    public void Dispose()
    {
    }
}
