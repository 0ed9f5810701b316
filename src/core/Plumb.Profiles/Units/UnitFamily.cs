using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Plumb.Profiles.Units;

/// <summary>Units that measure the same thing and convert into each other. The only home of unit factors.</summary>
public sealed class UnitFamily
{
    private readonly Dictionary<string, Unit> _byAlias = new(StringComparer.Ordinal);

    private UnitFamily(Unit fallback, params (string Symbol, double Factor, string[] Aliases)[] units)
    {
        Fallback = fallback;
        Units = [.. Array.ConvertAll(units, static unit => new Unit(unit.Symbol, unit.Factor))];
        for (int i = 0; i < units.Length; i++)
        {
            foreach (string alias in units[i].Aliases)
                _byAlias.Add(alias, Units[i]);
        }
    }

    /// <summary>Memory, in powers of 1024 as every profiler means them.</summary>
    public static UnitFamily Memory { get; } = new(
        new Unit("B", 1),
        ("B", 1, ["b", "byte"]),
        ("kB", 1L << 10, ["kb", "kbyte", "kilobyte"]),
        ("MB", 1L << 20, ["mb", "mbyte", "megabyte"]),
        ("GB", 1L << 30, ["gb", "gbyte", "gigabyte"]),
        ("TB", 1L << 40, ["tb", "tbyte", "terabyte"]),
        ("PB", 1L << 50, ["pb", "pbyte", "petabyte"]));

    public static UnitFamily Time { get; } = new(
        new Unit("s", 1e9),
        ("ns", 1, ["ns", "nanosecond"]),
        ("us", 1e3, ["μs", "us", "microsecond"]),
        ("ms", 1e6, ["ms", "millisecond"]),
        ("s", 1e9, ["s", "sec", "second"]),
        ("hrs", 3600e9, ["hour", "hr"]));

    /// <summary>Google compute units: CPU time that is comparable between machines.</summary>
    public static UnitFamily Gcu { get; } = new(
        new Unit("GCU", 1),
        ("n*GCU", 1e-9, ["nanogcu"]),
        ("u*GCU", 1e-6, ["microgcu"]),
        ("m*GCU", 1e-3, ["milligcu"]),
        ("GCU", 1, ["gcu"]),
        ("k*GCU", 1e3, ["kilogcu"]),
        ("M*GCU", 1e6, ["megagcu"]),
        ("G*GCU", 1e9, ["gigagcu"]),
        ("T*GCU", 1e12, ["teragcu"]),
        ("P*GCU", 1e15, ["petagcu"]));

    public static ImmutableArray<UnitFamily> All { get; } = [Memory, Time, Gcu];

    /// <summary>Smallest first.</summary>
    public ImmutableArray<Unit> Units { get; }

    /// <summary>What a value is shown in when no unit of the family was asked for and none gives at least 1.</summary>
    public Unit Fallback { get; }

    /// <summary>The family that knows a unit by this name, and the unit. Case and a plural s do not matter.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out UnitFamily? family, [NotNullWhen(true)] out Unit? unit)
    {
        foreach (UnitFamily candidate in All)
        {
            if (candidate.Find(name) is { } found)
            {
                family = candidate;
                unit = found;
                return true;
            }
        }

        family = null;
        unit = null;
        return false;
    }

    public Unit? Find(string name)
    {
        string alias = name.ToLowerInvariant();
        if (alias.Length > 2 && alias.EndsWith('s'))
            alias = alias[..^1];

        return _byAlias.GetValueOrDefault(alias);
    }

    /// <summary>The largest unit of which the amount is at least 1, else <see cref="Fallback"/>.</summary>
    /// <param name="amount">In the family's factor 1; not negative.</param>
    public Unit Natural(double amount)
    {
        for (int i = Units.Length - 1; i >= 0; i--)
        {
            if (amount / Units[i].Factor >= 1)
                return Units[i];
        }

        return Fallback;
    }
}
