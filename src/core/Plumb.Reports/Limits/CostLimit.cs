using System.Globalization;
using Plumb.Profiles.Filtering;
using Plumb.Profiles.Units;

namespace Plumb.Reports.Limits;

/// <summary>
/// A bound on what functions may cost, as a pipeline states it: <c>cum(encoding/json)>10%</c>, <c>flat(main\.copy)>=1.5s</c>. It is written as the failure:
/// the limit is broken when the comparison holds.
/// </summary>
/// <remarks>
/// Grammar: <c>flat|cum ( pattern ) >|>=|&lt;|&lt;= number [%|unit]</c>, blanks anywhere but inside the pattern. The pattern ends at the last closing
/// parenthesis. Without a unit the number counts in the sample type's own; a percentage is of the report's total.
/// </remarks>
public sealed class CostLimit
{
    private static readonly string[] Operators = [">=", "<=", ">", "<"];

    private readonly string _operator;
    private readonly string _unit;

    private CostLimit(string text, bool isFlat, NamePattern pattern, string comparison, double bound, string unit)
    {
        Text = text;
        IsFlat = isFlat;
        Pattern = pattern;
        _operator = comparison;
        Bound = bound;
        _unit = unit;
    }

    /// <summary>As it was stated.</summary>
    public string Text { get; }

    /// <summary>Whether the functions' own cost is meant, without what they call.</summary>
    public bool IsFlat { get; }

    public NamePattern Pattern { get; }

    public double Bound { get; }

    public bool IsPercentage => _unit == "%";

    /// <exception cref="FormatException">The text is no limit; the message says where it goes wrong.</exception>
    public static CostLimit Parse(string text)
    {
        int open = text.IndexOf('(', StringComparison.Ordinal);
        string kind = (open < 0 ? text : text[..open]).Trim();
        if (kind is not ("flat" or "cum"))
            throw Wrong(text, 0, "flat( or cum(");

        if (open < 0)
            throw Wrong(text, text.Length, "( and a pattern");

        int close = text.LastIndexOf(')');
        if (close < open)
            throw Wrong(text, text.Length, ") after the pattern");

        string pattern = text[(open + 1)..close];
        if (pattern.Length == 0)
            throw Wrong(text, close, "a pattern");

        int at = SkipBlanks(text, close + 1);
        string comparison = Array.Find(Operators, candidate => text.AsSpan(at).StartsWith(candidate, StringComparison.Ordinal))
            ?? throw Wrong(text, at, ">, >=, < or <=");
        at = SkipBlanks(text, at + comparison.Length);
        int end = at;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '.' or '-' or '+'))
            end++;

        if (!double.TryParse(text.AsSpan(at, end - at), NumberStyles.Float, CultureInfo.InvariantCulture, out double bound))
            throw Wrong(text, at, "a number");

        int unitStart = SkipBlanks(text, end);
        string unit = text[unitStart..].Trim();
        if (unit is not ("" or "%") && !UnitFamily.TryFind(unit, out _, out _))
            throw Wrong(text, unitStart, "%, or a unit such as ms or MB, or nothing");

        return new CostLimit(text, kind == "flat", NamePattern.Parse(pattern), comparison, bound, unit);
    }

    /// <summary>Whether an amount breaks the limit.</summary>
    /// <param name="value">In the sample type's unit.</param>
    /// <param name="total">What percentages are of.</param>
    /// <param name="sampleUnit">The sample type's unit.</param>
    /// <exception cref="ReportException">The limit's unit measures something else.</exception>
    internal bool IsBroken(long value, long total, string sampleUnit)
    {
        double amount = IsPercentage ? (total == 0 ? 0 : 100.0 * value / total) : Amount(value, sampleUnit);
        return _operator switch
        {
            ">" => amount > Bound,
            ">=" => amount >= Bound,
            "<" => amount < Bound,
            _ => amount <= Bound,
        };
    }

    private double Amount(long value, string sampleUnit)
    {
        if (_unit.Length == 0)
            return value;

        bool isComparable = UnitFamily.TryFind(sampleUnit, out UnitFamily? family, out _) && family.Find(_unit) is not null;
        return isComparable
            ? UnitScale.Convert(value, sampleUnit, _unit).Amount
            : throw new ReportException($"{Text}: samples are counted in {sampleUnit}, which {_unit} does not measure");
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && text[at] == ' ')
            at++;

        return at;
    }

    private static FormatException Wrong(string text, int at, string expected)
    {
        string found = at >= text.Length ? "the end" : $"\"{text[at..]}\"";
        return new FormatException(string.Create(CultureInfo.InvariantCulture, $"\"{text}\": expected {expected} at character {at + 1}, found {found}"));
    }
}
