using System.Collections.Immutable;

namespace Plumb.Cli.Pprof.Shell.Editing;

/// <summary>Knows how a line may go on.</summary>
internal interface ICompleter
{
    /// <param name="line">What stands before the cursor.</param>
    Completion Complete(string line);
}

/// <summary>What may stand in the place of the end of a line.</summary>
/// <param name="Start">Where what is replaced begins.</param>
/// <param name="Candidates">In the order in which they are shown; free of control characters.</param>
internal sealed record Completion(int Start, ImmutableArray<string> Candidates)
{
    /// <summary>What is typed after a candidate once it is the only one.</summary>
    public string Ending { get; init; } = " ";
}
