namespace Plumb.Cli.Tests.Pprof;

/// <summary>A theory over recorded outputs of the reference, which are too many to keep in this repository. Skipped where they are not at hand.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CompatTheoryAttribute : TheoryAttribute
{
    public CompatTheoryAttribute()
    {
        if (CompatData.Folder is null)
            Skip = "no recorded outputs: set PLUMB_COMPAT to their folder, or put it beside the checkout as shared/compat";
    }
}
