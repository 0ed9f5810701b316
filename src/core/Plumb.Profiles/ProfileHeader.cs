using System.Collections.Immutable;

namespace Plumb.Profiles;

/// <summary>What a profile says of itself beside its tables.</summary>
public sealed record ProfileHeader
{
    /// <summary>What the values of each sample measure, in their order.</summary>
    public ImmutableArray<SampleType> SampleTypes { get; init; } = [];

    /// <summary>The type to show first; empty means the last one.</summary>
    public string DefaultSampleType { get; init; } = "";

    /// <summary>When it was taken: nanoseconds since the Unix epoch, 0 when unknown.</summary>
    public long TimeNanos { get; init; }

    /// <summary>How long was profiled, 0 when unknown or meaningless.</summary>
    public long DurationNanos { get; init; }

    /// <summary>What a period counts, such as CPU nanoseconds or allocated bytes; null when there is none.</summary>
    public SampleType? PeriodType { get; init; }

    /// <summary>How many <see cref="PeriodType"/> units pass between two samples.</summary>
    public long Period { get; init; }

    /// <summary>Regular expression over function names whose frames, and all frames they called, are to be dropped; empty for none.</summary>
    public string DropFrames { get; init; } = "";

    /// <summary>Regular expression over function names that <see cref="DropFrames"/> must spare; empty for none.</summary>
    public string KeepFrames { get; init; } = "";

    public ImmutableArray<string> Comments { get; init; } = [];

    /// <summary>Where this kind of profile is documented; comes from the profile, so not a link to follow unasked.</summary>
    public string DocUrl { get; init; } = "";

    // ImmutableArray compares by reference; two headers that say the same are equal.
    public bool Equals(ProfileHeader? other) =>
        other is not null && SampleTypes.SequenceEqual(other.SampleTypes) && DefaultSampleType == other.DefaultSampleType
        && TimeNanos == other.TimeNanos && DurationNanos == other.DurationNanos && PeriodType == other.PeriodType && Period == other.Period
        && DropFrames == other.DropFrames && KeepFrames == other.KeepFrames && Comments.SequenceEqual(other.Comments) && DocUrl == other.DocUrl;

    public override int GetHashCode() => HashCode.Combine(SampleTypes.Length, TimeNanos, DurationNanos, Period, Comments.Length, DefaultSampleType);
}
