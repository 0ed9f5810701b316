namespace Plumb.Leaks.Growth.Gates;

/// <summary>One gate's answer, with what it rests on.</summary>
/// <param name="Gate">The gate's name: effect, sampling, kept, resident, whole, turnover, traffic, step, plateau, floor, drift.</param>
/// <param name="Verdict">Its answer.</param>
/// <param name="Reason">The answer in words.</param>
/// <param name="Figures">The numbers behind it.</param>
public sealed record GateResult(string Gate, GateVerdict Verdict, string Reason, IReadOnlyList<Figure> Figures);
