using System.Text;
using Plumb.Profiles.Building;
using Plumb.Profiles.Input;

namespace Plumb.Profiles.LegacyText;

/// <summary>Go's counting profiles in text, <c>debug=1</c>: goroutine, threadcreate, goroutineleak, and any that a program defines.</summary>
internal sealed class CountFormat : IInputFormat
{
    public bool Recognizes(ReadOnlySpan<byte> head) => !Name(SampleText.FirstLine(head)).IsEmpty;

    public Profile Read(BoundedInput input, ProfileLimits limits)
    {
        using var lines = new LineReader(input, limits.MaxStringBytes);
        do
        {
            if (!lines.Next())
                throw lines.Fault("expected 'name profile: total N', found the end");
        }
        while (SampleText.IsBlankOrComment(lines.Line));

        ReadOnlySpan<byte> name = Name(lines.Line);
        if (name.IsEmpty)
            throw lines.Fault("expected 'name profile: total N'");

        var type = new SampleType(Encoding.UTF8.GetString(name), "count");
        var header = new ProfileHeader { SampleTypes = [type], PeriodType = type, Period = 1 };
        return new Reader(new AddressedProfile(header.WithFrameFilters(), limits), limits).Read(lines);
    }

    /// <summary>The name in <c>goroutine profile: total 13</c>; empty when the line is another.</summary>
    private static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> line)
    {
        var scanner = new TextScanner(line);
        ReadOnlySpan<byte> name = scanner.TakeWord();
        return scanner.TryTake(" profile: total "u8) && scanner.TryTakeNumber(out _) && scanner.AtEnd ? name : default;
    }

    private sealed class Reader(AddressedProfile profile, ProfileLimits limits)
    {
        private readonly SymbolComments _symbols = new(profile, limits);
        private readonly List<Label> _labels = [];
        private Column<ulong> _addresses = new(64);
        private long _count;
        private bool _isOpen;

        public Profile Read(LineReader lines)
        {
            while (lines.Next() && !lines.Line.StartsWith("---"u8))
            {
                if (SampleText.IsBlankOrComment(lines.Line))
                    ReadComment(lines.Line);
                else
                    Open(lines);
            }

            Close();
            profile.Mappings = new MemoryMapReader(limits).ReadAfterStart(lines);
            return profile.Build();
        }

        private void ReadComment(ReadOnlySpan<byte> comment)
        {
            if (comment.StartsWith("# labels: {"u8) && comment[^1] == '}')
                ReadLabels(comment["# labels: {".Length..^1]);
            else
                _symbols.Add(comment);
        }

        private void ReadLabels(ReadOnlySpan<byte> list)
        {
            _labels.Clear();
            foreach ((string key, string value) in GoroutineLabels.Parse(list, limits.MaxLabelsPerSample))
                _labels.Add(Label.OfText(profile.Builder.String(key), profile.Builder.String(value)));
        }

        private void Open(LineReader lines)
        {
            Close();
            var scanner = new TextScanner(lines.Line);
            if (!scanner.TryTakeNumber(out _count) || !scanner.TryTake(" @"u8))
                throw lines.Fault("expected 'count @ addresses'");

            SampleText.TakeAddresses(scanner, adjustment: -1, lines, ref _addresses);
            _isOpen = true;
        }

        // Labels and symbols stand below the sample that they belong to.
        private void Close()
        {
            if (!_isOpen)
                return;

            profile.AddSample(_addresses.Span, [_count], profile.Builder.LabelSet([.. _labels]));
            _symbols.Attach(_addresses.Span);
            _labels.Clear();
            _isOpen = false;
        }
    }
}
