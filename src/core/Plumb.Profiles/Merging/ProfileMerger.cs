using System.Collections.Immutable;

namespace Plumb.Profiles.Merging;

/// <summary>
/// Folds one profile after another into a sum: a source can be let go as soon as it was added, and the memory needed is about that of
/// the result. Samples with the same stack and labels become one; those that come to nothing are dropped, with whatever only they
/// used. Locations of the same binary at another base address are the same locations. Not safe for concurrent use.
/// </summary>
public sealed class ProfileMerger
{
    private readonly Dictionary<MappingIdentity, MappingId> _mappings = [];
    private readonly List<ulong> _mappingStarts = [];
    private readonly PairTable _samples = new();
    private readonly HashSet<string> _comments = [];
    private readonly int _maxStackEntries;
    private readonly int _expectedSources;

    private ProfileBuilder? _target;
    private TableRows? _tables;

    /// <param name="maxStackEntries">Upper bound of the locations of all distinct stacks of the result together.</param>
    /// <param name="expectedSources">How many profiles will be added, where that is known: room is made for as many like the first.</param>
    public ProfileMerger(int maxStackEntries = int.MaxValue, int expectedSources = 1)
    {
        _maxStackEntries = maxStackEntries;
        _expectedSources = expectedSources;
    }

    /// <summary>How many profiles were added.</summary>
    public int SourceCount { get; private set; }

    public static Profile Merge(params IEnumerable<Profile> sources)
    {
        var merger = new ProfileMerger();
        foreach (Profile source in sources)
            merger.Add(source);

        return merger.Build();
    }

    /// <summary>
    /// The profile without what no sample uses: rows in the order of first use, equal samples added up, empty ones dropped. Returns
    /// the profile itself when it is like that already.
    /// </summary>
    public static Profile Compact(Profile profile) => Compactness.Holds(profile) ? profile : Merge(profile);

    /// <summary><paramref name="profile"/> less <paramref name="baseline"/>.</summary>
    /// <exception cref="ProfileFormatException">They do not measure the same.</exception>
    public static Profile Subtract(Profile profile, Profile baseline)
    {
        var merger = new ProfileMerger();
        merger.Add(profile);
        merger.Add(baseline, MergeSource.Negated(baseline.SampleTypes.Length));
        return merger.Build();
    }

    /// <exception cref="ProfileFormatException">The profile does not measure what those before it do.</exception>
    public void Add(Profile source, MergeSource? how = null)
    {
        how ??= MergeSource.Plain;
        if (how.Ratios is { } ratios && ratios.Count != source.SampleTypes.Length)
            throw new ArgumentException($"{ratios.Count} ratios for {source.SampleTypes.Length} sample types", nameof(how));

        _target ??= new ProfileBuilder(source.Header with { Comments = [] }, _maxStackEntries);
        _target.Header = SourceCount == 0
            ? _target.Header with { Comments = NewComments([], source.Header.Comments) }
            : Combine(_target.Header, source.Header);
        if (SourceCount++ == 0)
            Reserve(source);

        if (_tables?.AreOf(source) != true)
            _tables = new TableRows(source, this, _target);

        if (_target.MappingCount == 0 && source.Mappings.Count > 0)
            _tables.Mapping(new MappingId(0)); // Row 0 is the main binary, used or not.

        AddSamples(source, new SourceRows(source, _tables, _target, how.Label), how.Ratios);
    }

    /// <exception cref="InvalidOperationException">Nothing was added, or it was called before.</exception>
    public Profile Build()
    {
        Profile merged = (_target ?? throw new InvalidOperationException("no profile was added")).Build();
        return Compactness.HasEmptySamples(merged) ? Merge(merged) : merged;
    }

    /// <summary>The row of a mapping in the result, and what to add to the source's addresses.</summary>
    internal (MappingId Row, ulong Shift) Map(Mapping source)
    {
        MappingIdentity identity = MappingIdentity.Of(source);
        if (!_mappings.TryGetValue(identity, out MappingId row))
        {
            row = _target!.Mapping(source);
            _mappings.Add(identity, row);
            _mappingStarts.Add(source.Start);
        }

        return (row, unchecked(_mappingStarts[row.Index] - source.Start));
    }

    // Room that is never used costs addresses and no memory, but addresses are counted in a container: there is a bound.
    private void Reserve(Profile first)
    {
        const int MaxReservedEntries = 1 << 26;
        long sources = Math.Clamp(MaxReservedEntries / Math.Max(1, first.Stacks.Entries.Length), 1, Math.Max(1, _expectedSources));
        int samples = (int)Math.Min(first.Samples.Count * sources, MaxReservedEntries);
        _target!.Reserve(samples, first.Stacks.Count * sources, first.Stacks.Entries.Length * sources);
        _samples.Reserve(samples);
    }

    private void AddSamples(Profile source, SourceRows rows, IReadOnlyList<double>? ratios)
    {
        Span<long> values = source.SampleTypes.Length <= 64 ? stackalloc long[64] : new long[source.SampleTypes.Length];
        values = values[..source.SampleTypes.Length];
        ReadOnlySpan<StackId> stacks = source.Samples.Stacks;
        ReadOnlySpan<LabelSetId> labelSets = source.Samples.LabelSets;
        for (int i = 0; i < stacks.Length; i++)
        {
            source.Samples.Values(i).CopyTo(values);
            if (ratios is not null)
                ProfileScaling.Scale(values, ratios);

            if (!values.ContainsAnyExcept(0))
                continue;

            StackId stack = rows.Stack(stacks[i]);
            LabelSetId labels = rows.LabelSet(labelSets[i]);
            int sample = _samples.Intern(stack.Index, labels.Index, out bool known);
            if (known)
                Accumulate(_target!.Values(sample), values);
            else
                _target!.AddSample(stack, values, labels);
        }
    }

    private static void Accumulate(Span<long> sum, ReadOnlySpan<long> values)
    {
        for (int i = 0; i < sum.Length; i++)
            sum[i] = unchecked(sum[i] + values[i]);
    }

    private ProfileHeader Combine(ProfileHeader sum, ProfileHeader source)
    {
        if (!sum.SampleTypes.SequenceEqual(source.SampleTypes))
            throw new ProfileFormatException($"the profiles measure different things: {string.Join(", ", sum.SampleTypes)} and {string.Join(", ", source.SampleTypes)}");

        if (sum.PeriodType != source.PeriodType)
            throw new ProfileFormatException($"the profiles count different periods: {sum.PeriodType} and {source.PeriodType}");

        return sum with
        {
            TimeNanos = sum.TimeNanos == 0 || source.TimeNanos < sum.TimeNanos ? source.TimeNanos : sum.TimeNanos,
            DurationNanos = unchecked(sum.DurationNanos + source.DurationNanos),
            Period = Math.Max(sum.Period, source.Period),
            Comments = NewComments(sum.Comments, source.Comments),
            DefaultSampleType = sum.DefaultSampleType.Length > 0 ? sum.DefaultSampleType : source.DefaultSampleType,
            DocUrl = sum.DocUrl.Length > 0 ? sum.DocUrl : source.DocUrl,
        };
    }

    private ImmutableArray<string> NewComments(ImmutableArray<string> known, ImmutableArray<string> more) =>
        more.IsEmpty ? known : [.. known, .. more.Where(_comments.Add)];
}
