namespace Plumb.Reports.Layouts;

/// <summary>An edge that leads down.</summary>
internal readonly record struct RankEdge(int Upper, int Lower, int MinLength, long Weight);
