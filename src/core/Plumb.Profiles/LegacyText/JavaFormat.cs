using System.Text;
using Plumb.Profiles.Building;
using Plumb.Profiles.Input;

namespace Plumb.Profiles.LegacyText;

/// <summary>Heap and contention profiles of a Java agent: the headers of C++ and <c>format = java</c>, values the other way round, symbols at the end.</summary>
internal sealed class JavaFormat : IInputFormat
{
    // Java's agent always samples once in 512 KiB.
    private const long HeapRate = 512 << 10;

    public bool Recognizes(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> first = SampleText.TakeLine(ref head).Trim(" \t"u8);
        if (!IsHeap(first) && !IsContention(first))
            return false;

        while (!head.IsEmpty)
        {
            ReadOnlySpan<byte> line = SampleText.TakeLine(ref head).Trim(" \t"u8);
            if (!line.IsEmpty)
                return IsHeap(first) || line.StartsWith("format"u8) || line.StartsWith("resolution"u8);
        }

        return IsHeap(first);
    }

    public Profile Read(BoundedInput input, ProfileLimits limits)
    {
        using var lines = new LineReader(input, limits.MaxStringBytes);
        bool hasHeader = lines.Next();
        ReadOnlySpan<byte> header = hasHeader ? lines.Line.Trim(" \t"u8) : default;
        if (!IsHeap(header) && !IsContention(header))
            throw lines.Fault("expected '--- heapz 1 ---' or '--- contentionz 1 ---'");

        return new Reader(IsHeap(header), limits).Read(lines);
    }

    private static bool IsHeap(ReadOnlySpan<byte> line) => line.SequenceEqual("--- heapz 1 ---"u8);

    private static bool IsContention(ReadOnlySpan<byte> line) => line.SequenceEqual("--- contentionz 1 ---"u8);

    private sealed class Reader(bool isHeap, ProfileLimits limits)
    {
        private string _resolution = "";
        private long _period;
        private long _durationNanos;
        private Column<ulong> _addresses = new(64);

        public Profile Read(LineReader lines)
        {
            bool more = ReadAttributes(lines);
            var profile = new AddressedProfile(Header(lines), limits) { DropAddresses = true };
            for (; more; more = lines.Next())
            {
                var scanner = new TextScanner(lines.Line);
                scanner.SkipSpaces();
                if (!scanner.AtEnd && !TryReadSample(scanner, lines, profile))
                    break;
            }

            if (more)
                new JavaSymbols(profile).Read(lines);

            return profile.Build();
        }

        private ProfileHeader Header(LineReader lines)
        {
            if (_resolution.Length == 0)
                throw lines.Fault("expected 'resolution = unit' before the samples");

            return new ProfileHeader
            {
                SampleTypes = isHeap
                    ? [new("inuse_objects", "count"), new("inuse_space", _resolution)]
                    : [new("contentions", "count"), new("delay", _resolution)],
                PeriodType = isHeap ? new SampleType("", "") : new SampleType("contentions", "count"),
                Period = _period,
                DurationNanos = _durationNanos,
            }.WithFrameFilters();
        }

        /// <summary>Reads <c>name = value</c> up to the first line that is another, on which it stops; false at the end of the input.</summary>
        private bool ReadAttributes(LineReader lines)
        {
            while (lines.Next())
            {
                ReadOnlySpan<byte> line = lines.Line.Trim(" \t"u8);
                int equals = line.IndexOf((byte)'=');
                if (equals > 0)
                    ReadAttribute(line[..equals].TrimEnd((byte)' '), Encoding.UTF8.GetString(line[(equals + 1)..].TrimStart((byte)' ')), lines);
                else if (!line.IsEmpty)
                    return true;
            }

            return false;
        }

        private void ReadAttribute(ReadOnlySpan<byte> name, string value, LineReader lines)
        {
            if (name.SequenceEqual("resolution"u8))
                _resolution = value;
            else if (name.SequenceEqual("sampling period"u8) && !isHeap)
                _period = Number(value, lines);
            else if (name.SequenceEqual("ms since reset"u8) && !isHeap)
                _durationNanos = unchecked(Number(value, lines) * 1_000_000);
            else if (!name.SequenceEqual("format"u8) || value != "java")
                throw lines.Fault("expected 'format = java' or another attribute of this kind of profile");
        }

        private static long Number(string value, LineReader lines) =>
            long.TryParse(value, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out long number)
                ? number
                : throw lines.Fault("expected a number behind '='");

        private bool TryReadSample(TextScanner scanner, LineReader lines, AddressedProfile profile)
        {
            // The amount comes first and the count second.
            bool isSample = scanner.TryTakeNumber(out long amount);
            scanner.SkipSpaces();
            isSample &= scanner.TryTakeNumber(out long count);
            scanner.SkipSpaces();
            if (!isSample || !scanner.TryTake("@"u8))
                return false;

            SampleText.TakeAddresses(scanner, adjustment: 0, lines, ref _addresses);
            if (isHeap)
                AddHeap(count, amount, lines, profile);
            else
                profile.AddSample(_addresses.Span, [Unsampled(count), Unsampled(amount)]);

            return true;
        }

        private void AddHeap(long count, long bytes, LineReader lines, AddressedProfile profile)
        {
            if (count == 0)
                throw lines.Fault("expected objects, found 0");

            LabelSetId labels = profile.Builder.LabelSet(Label.OfNumber(profile.Builder.String("bytes"), count == -1 ? 0 : bytes / count));
            (long objects, long space) = HeapSampling.Unsample(count, bytes, HeapRate);
            profile.AddSample(_addresses.Span, [objects, space], labels);
        }

        private long Unsampled(long value) => _period != 0 ? unchecked(value * _period) : value;
    }
}
