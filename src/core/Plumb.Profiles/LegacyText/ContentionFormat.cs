using Plumb.Profiles.Building;
using Plumb.Profiles.Input;

namespace Plumb.Profiles.LegacyText;

/// <summary>Waits for locks in text: <c>--- contentionz 1 ---</c> of C++, <c>--- mutex:</c> and <c>--- contention:</c> of Go.</summary>
internal sealed class ContentionFormat : IInputFormat
{
    public bool Recognizes(ReadOnlySpan<byte> head) => IsHeader(SampleText.TakeLine(ref head));

    public Profile Read(BoundedInput input, ProfileLimits limits)
    {
        using var lines = new LineReader(input, limits.MaxStringBytes);
        if (!lines.Next() || !IsHeader(lines.Line))
            throw lines.Fault("expected '--- contentionz', '--- mutex:' or '--- contention:'");

        return new Reader(limits).Read(lines);
    }

    private static bool IsHeader(ReadOnlySpan<byte> line) =>
        line.StartsWith("--- contentionz "u8) || line.StartsWith("--- mutex:"u8) || line.StartsWith("--- contention:"u8);

    private sealed class Reader(ProfileLimits limits)
    {
        private readonly AddressedProfile _profile = new(EmptyHeader, limits);
        private Column<ulong> _addresses = new(64);
        private long _cyclesPerSecond;
        private long _period = 1;

        private static ProfileHeader EmptyHeader => new ProfileHeader
        {
            SampleTypes = [new("contentions", "count"), new("delay", "nanoseconds")],
            PeriodType = new SampleType("contentions", "count"),
            Period = 1,
        }.WithFrameFilters();

        public Profile Read(LineReader lines)
        {
            bool more = ReadAttributes(lines);
            ReadSamples(lines, more);
            _profile.Mappings = new MemoryMapReader(limits).ReadAfterStart(lines);
            return _profile.Build();
        }

        /// <summary>Reads <c>name = value</c> up to the first sample, on which it stops; false at the end of the input.</summary>
        private bool ReadAttributes(LineReader lines)
        {
            while (lines.Next())
            {
                int equals = lines.Line.IndexOf((byte)'=');
                if (SampleText.IsBlankOrComment(lines.Line))
                    continue;

                if (equals < 0 || lines.Line.StartsWith("---"u8))
                    return true;

                ReadAttribute(lines.Line[..equals].Trim(" \t"u8), lines.Line[(equals + 1)..].Trim(" \t"u8), lines);
            }

            return false;
        }

        private void ReadAttribute(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, LineReader lines)
        {
            if (name.SequenceEqual("discarded samples"u8))
                return;

            if (!new TextScanner(value).TryTakeNumber(out long number))
                throw lines.Fault("expected a number behind '='");

            if (name.SequenceEqual("cycles/second"u8))
                _cyclesPerSecond = number;
            else if (name.SequenceEqual("sampling period"u8))
                SetPeriod(number);
            else if (name.SequenceEqual("ms since reset"u8))
                _profile.Builder.Header = _profile.Builder.Header with { DurationNanos = unchecked(number * 1_000_000) };
            else
                throw lines.Fault("expected 'cycles/second', 'sampling period', 'ms since reset' or 'discarded samples'");
        }

        private void SetPeriod(long period)
        {
            _period = period;
            _profile.Builder.Header = _profile.Builder.Header with { Period = period };
        }

        private void ReadSamples(LineReader lines, bool more)
        {
            var symbols = new SymbolComments(_profile, limits);
            for (; more && !lines.Line.StartsWith("---"u8); more = lines.Next())
            {
                if (SampleText.IsBlankOrComment(lines.Line))
                {
                    symbols.Add(lines.Line);
                    continue;
                }

                symbols.Attach(_addresses.Span);
                ReadSample(lines);
            }

            symbols.Attach(_addresses.Span);
        }

        private void ReadSample(LineReader lines)
        {
            var scanner = new TextScanner(lines.Line);
            scanner.SkipSpaces();
            bool isSample = scanner.TryTakeNumber(out long cycles);
            scanner.SkipSpaces();
            isSample &= scanner.TryTakeNumber(out long contentions);
            scanner.SkipSpaces();
            if (!isSample || !scanner.TryTake("@"u8))
                throw lines.Fault("expected 'cycles contentions @ addresses'");

            SampleText.TakeAddresses(scanner, adjustment: -1, lines, ref _addresses);
            _profile.AddSample(_addresses.Span, [Contentions(contentions), DelayNanos(cycles)]);
        }

        private long Contentions(long sampled) => _period > 0 ? unchecked(sampled * _period) : sampled;

        private long DelayNanos(long cycles) =>
            _period > 0 && _cyclesPerSecond > 0 ? (long)((double)cycles * _period / (_cyclesPerSecond / 1e9)) : cycles;
    }
}
