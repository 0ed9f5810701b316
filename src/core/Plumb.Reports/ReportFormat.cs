namespace Plumb.Reports;

/// <summary>The reports there are.</summary>
public enum ReportFormat
{
    Top,
    Tree,
    Peek,
    List,
    Traces,
    Tags,
    Raw,
    Comments,
    Dot,
    Callgrind,
    Proto,
    TopProto,
    Folded,
    Disassembly,
    WebList,
    Flame,
}
