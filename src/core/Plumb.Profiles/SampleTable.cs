namespace Plumb.Profiles;

/// <summary>The samples of a profile as columns. Order is that of the input; the same stack and labels may come more than once.</summary>
public sealed class SampleTable
{
    private readonly StackId[] _stacks;
    private readonly LabelSetId[] _labelSets;
    private readonly long[] _values;

    /// <remarks>The arrays may be longer than needed; the rest is spare room.</remarks>
    internal SampleTable(StackId[] stacks, LabelSetId[] labelSets, long[] values, int count, int valuesPerSample)
    {
        _stacks = stacks;
        _labelSets = labelSets;
        _values = values;
        Count = count;
        ValuesPerSample = valuesPerSample;
    }

    public int Count { get; }

    public int ValuesPerSample { get; }

    public ReadOnlySpan<StackId> Stacks => _stacks.AsSpan(0, Count);

    public ReadOnlySpan<LabelSetId> LabelSets => _labelSets.AsSpan(0, Count);

    /// <summary>The values of all samples, sample after sample, <see cref="ValuesPerSample"/> each.</summary>
    public ReadOnlySpan<long> AllValues => _values.AsSpan(0, Count * ValuesPerSample);

    /// <summary>The values of one sample, in the order of the sample types.</summary>
    public ReadOnlySpan<long> Values(int sample) => _values.AsSpan(sample * ValuesPerSample, ValuesPerSample);

    internal SampleTable WithValues(long[] values, int valuesPerSample) => new(_stacks, _labelSets, values, Count, valuesPerSample);
}
