using System.Collections.Immutable;
using Plumb.Profiles.Building;
using Plumb.Profiles.Input;

namespace Plumb.Profiles.LegacyText;

/// <summary>Reads a heap profile in text, once.</summary>
internal sealed class HeapReader(ProfileLimits limits)
{
    // In use last, because the last type is the one shown first.
    private static readonly ImmutableArray<SampleType> BothTypes =
        [new("alloc_objects", "count"), new("alloc_space", "bytes"), new("inuse_objects", "count"), new("inuse_space", "bytes")];

    private static readonly ImmutableArray<SampleType> OneType = [new("objects", "count"), new("space", "bytes")];

    private readonly MemStatsReader _memStats = new();
    private readonly long[] _values = new long[4];
    private Column<ulong> _addresses = new(64);

    public HeapText Read(Stream input)
    {
        using var lines = new LineReader(input, limits.MaxStringBytes);
        if (!lines.Next() || !HeapHeader.TryParse(lines.Line, out HeapHeader header))
            throw lines.Fault("expected 'heap profile: objects: bytes [objects: bytes] @ kind/rate'");

        var profile = new AddressedProfile(Header(header), limits);
        ReadSamples(lines, header, profile);
        profile.Mappings = new MemoryMapReader(limits).ReadAfterStart(lines);
        return new HeapText(profile.Build(), _memStats.Build());
    }

    private static ProfileHeader Header(HeapHeader header) => new ProfileHeader
    {
        SampleTypes = header.HasAllocations ? BothTypes : OneType,
        PeriodType = new SampleType("space", "bytes"),
        Period = header.Rate,
    }.WithFrameFilters();

    private void ReadSamples(LineReader lines, HeapHeader header, AddressedProfile profile)
    {
        var symbols = new SymbolComments(profile, limits);
        _addresses.Clear();
        while (lines.Next() && !MemoryMapReader.IsStart(lines.Line))
        {
            if (SampleText.IsBlankOrComment(lines.Line))
            {
                symbols.Add(lines.Line);
                _memStats.Add(lines.Line);
                continue;
            }

            symbols.Attach(_addresses.Span);
            ReadSample(lines, header, profile);
        }

        symbols.Attach(_addresses.Span);
    }

    private void ReadSample(LineReader lines, HeapHeader header, AddressedProfile profile)
    {
        var scanner = new TextScanner(lines.Line);
        if (!HeapCounts.TryTake(ref scanner, out HeapCounts counts))
            throw lines.Fault("expected 'objects: bytes [objects: bytes] @ addresses'");

        long blockBytes = 0;
        Span<long> values = _values.AsSpan(0, header.HasAllocations ? 4 : 2);
        if (header.HasAllocations)
            (values[0], values[1]) = Values(counts.AllocObjects, counts.AllocBytes, header, lines, ref blockBytes);

        (values[^2], values[^1]) = Values(counts.InuseObjects, counts.InuseBytes, header, lines, ref blockBytes);
        SampleText.TakeAddresses(scanner, adjustment: -1, lines, ref _addresses);
        profile.AddSample(_addresses.Span, values, profile.Builder.LabelSet(Label.OfNumber(profile.Builder.String("bytes"), blockBytes)));
    }

    private static (long Count, long Bytes) Values(long count, long bytes, HeapHeader header, LineReader lines, ref long blockBytes)
    {
        if (count == 0)
            return bytes == 0 ? (0, 0) : throw lines.Fault($"{bytes} bytes in no object");

        // The sampled values: their quotient is the size that was asked for, which the estimate only approaches.
        blockBytes = count == -1 ? 0 : bytes / count;
        return header.IsSampled ? HeapSampling.Unsample(count, bytes, header.Rate) : (count, bytes);
    }
}
