using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports;
using Plumb.Reports.Exports;
using Plumb.Reports.Flame;
using Plumb.Reports.Graphs;
using Plumb.Reports.Json;
using Plumb.Reports.Listing;
using Plumb.Reports.Options;
using Plumb.Reports.Pictures;
using Plumb.Reports.Text;

namespace Plumb.Fuzz.Targets;

/// <summary>Every report of what a hostile input was read as.</summary>
internal sealed class ReportTarget : FuzzTarget
{
    // Reports name a function once for each line that it is on, so a long name may cost more than it has bytes.
    private const int MaxSeedBytes = 24 << 10;

    private static readonly ReportFormat[] s_texts =
    [
        ReportFormat.Top, ReportFormat.Tree, ReportFormat.Peek, ReportFormat.List, ReportFormat.Traces, ReportFormat.Tags, ReportFormat.Raw,
        ReportFormat.Comments, ReportFormat.Dot, ReportFormat.Callgrind,
    ];

    private static readonly ReportOptions[] s_options =
    [
        ReportOptions.Default,
        new() { Trim = false, Granularity = Granularity.Lines, ShowColumns = true },
        new() { CallTree = true, Mean = true },
        new() { Granularity = Granularity.Addresses, NoInlines = true, DropNegative = true, DivideBy = 3 },
        new() { TagRoot = "bytes,state", TagLeaf = "thread", Focus = "a", Hide = "b", ShowFrom = "c|m", TagFocus = "1:64kb" },
        new() { Granularity = Granularity.Files, RelativePercentages = true, PruneFrom = "m", Sort = SortOrder.Cum, TagIgnore = "x" },
    ];

    public override string Name => "reports";

    public override long FixedBytes => 256 << 20;

    public override long BytesPerByte => 20_000;

    public override IReadOnlyList<(string Name, byte[] Bytes)> Seeds(string testData) =>
        [.. Corpus.Load(testData).Where(seed => seed.Bytes.Length <= MaxSeedBytes), .. Corpus.Files(Path.Combine(testData, "hostile", Name))];

    public override bool Read(byte[] input)
    {
        Profile profile;
        try
        {
            profile = ProfileReader.Read(input);
        }
        catch (ProfileFormatException)
        {
            return false;
        }

        // The same input always meets the same options.
        ReportOptions options = s_options[input.Length % s_options.Length];
        foreach (ReportFormat format in s_texts)
        {
            Print(profile, format, options, (report, target) => Print(report, target));
            Print(profile, format, options, (report, target) => JsonReport.Write(report, new NoSources(), null, target));
        }

        Print(profile, ReportFormat.Dot, options, Draw);
        Print(profile, ReportFormat.Proto, options, (report, _) => ProfileExport.Of(report));
        Print(profile, ReportFormat.TopProto, options, (report, _) => ProfileExport.Of(report));
        Print(profile, ReportFormat.Flame, options, (report, _) => FlameView.Compute(report, FlameDetail.Default, null, CancellationToken.None));
        return true;
    }

    private static void Print(Profile profile, ReportFormat format, ReportOptions options, Action<Report, Stream> print)
    {
        try
        {
            NamePattern? symbol = format is ReportFormat.Peek or ReportFormat.List ? NamePattern.Parse("a|m") : null;
            print(Report.Create(ProfileSelection.All(profile), format, options, symbol), Stream.Null);
        }
        catch (ReportException)
        {
            // Nothing matches, or there is no such value.
        }
    }

    private static void Print(Report report, Stream target)
    {
        using var writer = new ReportWriter(target);
        ReportPrinter.Print(report, new NoSources(), writer);
    }

    private static void Draw(Report report, Stream target)
    {
        GraphView view = GraphView.Compute(report);
        using var writer = new ReportWriter(target);
        SvgText.Write(GraphScene.Compute(GraphPicture.Compute(view, report.Amounts(view.Unit))), writer);
    }

    private sealed class NoSources : ISourceFiles
    {
        public SourceText Find(string path) => SourceText.Missing("not here");
    }
}
