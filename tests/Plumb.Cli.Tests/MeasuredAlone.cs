namespace Plumb.Cli.Tests;

/// <summary>
/// Tests whose target is a server in this very process: its descriptors and memory are those of all tests that run, so these run when
/// the others are done.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    public const string Name = "measured alone";
}
