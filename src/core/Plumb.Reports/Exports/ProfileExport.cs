using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Profiles.Merging;
using Plumb.Profiles.Units;
using Plumb.Reports.Graphs;

namespace Plumb.Reports.Exports;

/// <summary>Reports that are profiles themselves, for other tools to read.</summary>
public static class ProfileExport
{
    /// <summary>What a report of the formats proto, topproto or folded writes.</summary>
    public static Profile Of(Report report) => report.Format == ReportFormat.TopProto ? Top(report) : Whole(report);

    private static Profile Whole(Report report)
    {
        Profile profile = report.Selection.ToProfile();
        if (report.Options.NoInlines)
            profile = InlinedCalls.Remove(profile, report.Options.ShowColumns);

        return report.Options.DivideBy is > 0 and not 1 ? ProfileScaling.Truncate(profile, 1 / report.Options.DivideBy) : profile;
    }

    // Each entry is a sample of its own: no calls, only what it has.
    private static Profile Top(Report report)
    {
        CallGraph graph = CallGraph.Build(report);
        string unit = ReportUnit.Choose(report, graph.Nodes);
        ProfileHeader header = report.Profile.Header;
        var builder = new ProfileBuilder(new ProfileHeader
        {
            SampleTypes = [new SampleType("cum", unit), new SampleType("flat", unit)],
            TimeNanos = header.TimeNanos,
            DurationNanos = header.DurationNanos,
            PeriodType = header.PeriodType,
            Period = header.Period,
        });
        foreach (CallNode node in graph.Nodes)
        {
            NodeInfo info = node.Info;
            FunctionId function = builder.Function(info.Name, info.File, info.StartLine, systemName: "");
            LocationId location = builder.Location(info.Address, MappingId.None, [new Line(function, info.Line, info.Column)]);
            builder.AddSample(builder.Stack([location]), [Amount(node.CumValue), Amount(node.FlatValue)]);
        }

        return builder.Build();

        long Amount(long value) => (long)UnitScale.Convert(value, report.SampleUnit, unit).Amount;
    }
}
