using Plumb.Profiles.Building;
using Plumb.Profiles.Input;

namespace Plumb.Profiles.LegacyText;

/// <summary>The stacks of all threads of a C++ process: <c>--- threadz 1 ---</c>.</summary>
internal sealed class ThreadFormat : IInputFormat
{
    public bool Recognizes(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> line = SampleText.FirstLine(head);
        return IsHeader(line) || IsThread(line);
    }

    public Profile Read(BoundedInput input, ProfileLimits limits)
    {
        using var lines = new LineReader(input, limits.MaxStringBytes);
        return new Reader(limits).Read(lines);
    }

    private static bool IsHeader(ReadOnlySpan<byte> line)
    {
        var scanner = new TextScanner(line);
        return scanner.TryTake("--- threadz "u8) && scanner.TryTakeNumber(out _) && scanner.TryTake(" ---"u8);
    }

    /// <summary><c>--- Thread 7f794ab90940 (name: main/14748) stack: ---</c></summary>
    private static bool IsThread(ReadOnlySpan<byte> line) =>
        line.StartsWith("--- Thread "u8) && line.IndexOf(" (name: "u8) > 0 && line.EndsWith(") stack: ---"u8);

    private sealed class Reader
    {
        private readonly ProfileLimits _limits;
        private readonly AddressedProfile _profile;
        private Column<ulong> _addresses = new(64);
        private bool _isOpen;
        private bool _sameAsPrevious;

        public Reader(ProfileLimits limits)
        {
            _limits = limits;
            var type = new SampleType("thread", "count");
            _profile = new AddressedProfile(new ProfileHeader { SampleTypes = [type], PeriodType = type, Period = 1 }.WithFrameFilters(), limits);
        }

        public Profile Read(LineReader lines)
        {
            while (lines.Next() && !MemoryMapReader.IsStart(lines.Line) && !lines.Line.StartsWith("---- no stack trace for"u8))
            {
                if (lines.Line.StartsWith("---"u8))
                    Open(lines);
                else if (_isOpen)
                    ReadBody(lines);
            }

            Close();
            _profile.Mappings = new MemoryMapReader(_limits).ReadAfterStart(lines);
            return _profile.Build();
        }

        private void Open(LineReader lines)
        {
            Close();
            _isOpen = IsThread(lines.Line);
            if (!_isOpen && !IsHeader(lines.Line))
                throw lines.Fault("expected '--- Thread id (name: name/number) stack: ---'");
        }

        private void ReadBody(LineReader lines)
        {
            if (lines.Line.IndexOf("same as previous thread"u8) >= 0)
                _sameAsPrevious = true;
            else
                AddAddresses(lines);
        }

        // `  PC:  0x00bc8f1c: helper(arg *)` or `  0x0040be31 0x0040be32`.
        private void AddAddresses(LineReader lines)
        {
            ReadOnlySpan<byte> rest = lines.Line;
            for (int at = rest.IndexOf("0x"u8); at >= 0; at = rest.IndexOf("0x"u8))
            {
                var scanner = new TextScanner(rest[at..]);
                if (scanner.TryTakeHex(out ulong address))
                    Add(address, lines);
                else if (rest.Length > at + 2 && char.IsAsciiHexDigit((char)rest[at + 2]))
                    throw lines.Fault("expected an address of at most 64 bits, such as 0x1f00");
                else
                    scanner.TryTake("0x"u8);

                rest = scanner.Rest;
            }
        }

        private void Add(ulong address, LineReader lines)
        {
            if (_addresses.Count >= _limits.MaxStackDepth)
                throw lines.Fault($"a stack of more than the {_limits.MaxStackDepth} addresses that are accepted");

            // The leaf is where the thread stands, all others are where calls return to.
            _addresses.Add(_addresses.Count == 0 ? address : unchecked(address - 1));
        }

        private void Close()
        {
            if (_isOpen && !_sameAsPrevious && _addresses.Count > 0)
                _profile.AddSample(SignalFrames.WithoutDoubledLeaf(_addresses.Span), [1]);
            else if (_isOpen && _profile.SampleCount > 0)
                _profile.Values(_profile.SampleCount - 1)[0]++;

            _isOpen = false;
            _sameAsPrevious = false;
            _addresses.Clear();
        }
    }
}
