using Plumb.Reports.Options;

namespace Plumb.Reports.Graphs;

/// <summary>Which parts of a frame tell entries apart.</summary>
/// <param name="AlwaysObject">Whether functions of the same name in different binaries stay apart.</param>
internal readonly record struct NodeDetail(
    bool Function, bool File, bool Line, bool Column, bool Address, bool Inlines, bool AlwaysObject)
{
    public static NodeDetail Of(ReportOptions options, bool alwaysObject) => options.Granularity switch
    {
        // Addresses with inlined calls are the profile as it is, columns included.
        Granularity.Addresses when !options.NoInlines => new(true, true, true, true, true, true, alwaysObject),
        Granularity.Addresses => new(true, true, true, options.ShowColumns, true, false, alwaysObject),
        Granularity.Lines => new(true, true, true, options.ShowColumns, false, !options.NoInlines, alwaysObject),
        Granularity.Files => new(false, true, false, false, false, !options.NoInlines, alwaysObject),
        Granularity.FileFunctions => new(true, true, false, false, false, !options.NoInlines, alwaysObject),
        _ => new(true, false, false, false, false, !options.NoInlines, alwaysObject),
    };
}
