namespace Plumb.Profiles.Units;

/// <summary>
/// Makes profiles comparable that measure the same things in other units or another order, or of which one measures more: the sample
/// types that all have, in the order of the first, in the finest unit.
/// </summary>
public static class SampleTypeAlignment
{
    /// <summary>Whether two profiles can be merged as they are.</summary>
    public static bool AreAligned(Profile left, Profile right) =>
        left.SampleTypes.SequenceEqual(right.SampleTypes) && left.Header.PeriodType == right.Header.PeriodType;

    /// <exception cref="ProfileFormatException">They have no sample type in common, or count different periods.</exception>
    public static (Profile Left, Profile Right) Align(Profile left, Profile right)
    {
        if (AreAligned(left, right))
            return (left, right);

        SampleType[] common = [.. left.SampleTypes.Where(type => right.SampleTypeIndex(type.Type) >= 0)];
        if (common.Length == 0)
            throw new ProfileFormatException($"the profiles have no sample type in common: {string.Join(", ", left.SampleTypes)} and {string.Join(", ", right.SampleTypes)}");

        var target = new SampleType[common.Length];
        for (int i = 0; i < target.Length; i++)
            target[i] = Finer(common[i], right.SampleTypes[right.SampleTypeIndex(common[i].Type)]);

        SampleType? period = Period(left.Header.PeriodType, right.Header.PeriodType);
        return (Convert(left, target, period), Convert(right, target, period));
    }

    // Some writers leave the period out, some write an empty one: neither is a reason not to compare.
    private static SampleType? Period(SampleType? left, SampleType? right) =>
        IsEmpty(left) ? right : IsEmpty(right) ? left : Finer(left!, right!);

    private static bool IsEmpty(SampleType? type) => type is null or { Type: "", Unit: "" };

    private static SampleType Finer(SampleType left, SampleType right)
    {
        if (!UnitScale.AreComparable(left, right))
            throw new ProfileFormatException($"incompatible types: {left} and {right}");

        return left with { Unit = UnitScale.Finer(left.Unit, right.Unit) };
    }

    private static Profile Convert(Profile profile, SampleType[] target, SampleType? period)
    {
        int[] columns = [.. target.Select(type => profile.SampleTypeIndex(type.Type))];
        double[] ratios = [.. target.Select((type, i) => UnitScale.Ratio(profile.SampleTypes[columns[i]].Unit, type.Unit))];
        long[] values = new long[profile.Samples.Count * target.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int column = i % target.Length;
            long value = profile.Samples.Values(i / target.Length)[columns[column]];
            values[i] = ratios[column] == 1 ? value : (long)Math.Round(value * ratios[column], MidpointRounding.AwayFromZero);
        }

        return profile.WithSampleTypes(Header(profile, target, period), values);
    }

    private static ProfileHeader Header(Profile profile, SampleType[] target, SampleType? period)
    {
        ProfileHeader header = profile.Header;
        bool keepsDefault = target.Any(type => type.Type == header.DefaultSampleType);
        bool isSame = target.Select(type => type.Type).SequenceEqual(header.SampleTypes.Select(type => type.Type));
        header = header with
        {
            SampleTypes = [.. target],
            DefaultSampleType = isSame || keepsDefault ? header.DefaultSampleType : target[0].Type,
        };
        if (period is null || header.PeriodType is not { } own || IsEmpty(own))
            return header with { PeriodType = period };

        return header with { PeriodType = own with { Unit = period.Unit }, Period = (long)UnitScale.Convert(header.Period, own.Unit, period.Unit).Amount };
    }
}
