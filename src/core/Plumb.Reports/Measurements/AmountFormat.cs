using System.Globalization;
using System.Text;
using Plumb.Profiles.Units;

namespace Plumb.Reports.Measurements;

/// <summary>
/// Writes the amounts of one report: the units are looked up once, and nothing is allocated for each amount. For single amounts there
/// is <see cref="Measurement"/>.
/// </summary>
public sealed class AmountFormat
{
    /// <summary>Room for the longest amount: 19 digits, sign, two decimals and a unit.</summary>
    public const int MaxBytes = 128;

    private readonly string _from;
    private readonly string _to;
    private readonly double _ratio;
    private readonly UnitFamily? _family;
    private readonly Unit? _source;
    private readonly Unit? _target;

    /// <param name="from">The unit of the values.</param>
    /// <param name="to">The unit to show them in, <see cref="UnitScale.Auto"/> or <see cref="UnitScale.Minimum"/>.</param>
    /// <param name="ratio">Each value is first multiplied by this and cut to a whole number.</param>
    public AmountFormat(string from, string to, double ratio = 1)
    {
        _from = from;
        _to = to;
        _ratio = ratio;
        if (UnitFamily.TryFind(from, out _family, out _source) && to is not (UnitScale.Auto or UnitScale.Minimum))
            _target = _family.Find(to) ?? _family.Fallback;
    }

    public string Unit => _to;

    public string Format(long value) => Measurement.Format(Divided(value), _from, _to);

    /// <summary>Writes the amount and returns the number of bytes.</summary>
    public int Format(long value, Span<byte> utf8)
    {
        value = Divided(value);
        if (_family is null || value == long.MinValue)
            return Encoding.UTF8.GetBytes(Measurement.Format(value, _from, _to), utf8);

        double amount = Math.Abs(value) * _source!.Factor;
        Unit unit = _target ?? _family.Natural(amount);
        amount /= unit.Factor;
        (value < 0 ? -amount : amount).TryFormat(utf8, out int count, "F2", CultureInfo.InvariantCulture);
        if (utf8[..count].EndsWith(".00"u8))
            count -= 3;

        if (utf8[..count] is [(byte)'0'] or [(byte)'-', (byte)'0'])
        {
            utf8[0] = (byte)'0';
            return 1;
        }

        return count + Encoding.UTF8.GetBytes(unit.Symbol, utf8[count..]);
    }

    /// <summary>What is shown of a value: the value times the ratio, cut to a whole number.</summary>
    public long Divided(long value) => _ratio is > 0 and not 1 ? (long)(value * _ratio) : value;
}
