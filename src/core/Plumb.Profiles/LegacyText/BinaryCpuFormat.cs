using Plumb.Profiles.Building;
using Plumb.Profiles.Input;

namespace Plumb.Profiles.LegacyText;

/// <summary>
/// The binary CPU profile of gperftools (profilez): machine words 0, 3, 0 for C++ or 1 for Java, the period in microseconds, 0; then samples
/// as count, depth and addresses; then the end marker 0, 1, 0; then /proc/self/maps, or Java's symbols, as text.
/// </summary>
internal sealed class BinaryCpuFormat : IInputFormat
{
    private const int HeaderWords = 5;
    private const ulong JavaMark = 1;

    public bool Recognizes(ReadOnlySpan<byte> head) => TryFindLayout(head, out _);

    public Profile Read(BoundedInput input, ProfileLimits limits)
    {
        var head = new byte[HeaderWords * sizeof(ulong)];
        int count = input.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (!TryFindLayout(head.AsSpan(0, count), out WordLayout layout))
            throw new ProfileFormatException("expected the words 0, 3, 0 or 1, a period and 0", 0);

        var words = new WordReader(new PrefixedStream(head.AsMemory(0, count), input), layout);
        return new Reader(words, limits).Read();
    }

    private static bool TryFindLayout(ReadOnlySpan<byte> head, out WordLayout layout)
    {
        foreach (WordLayout candidate in WordLayout.All)
        {
            layout = candidate;
            if (head.Length >= HeaderWords * layout.Bytes && Word(head, 0, layout) == 0 && Word(head, 1, layout) == 3
                && Word(head, 2, layout) <= JavaMark && Word(head, 3, layout) > 0 && Word(head, 4, layout) == 0)
                return true;
        }

        layout = default;
        return false;
    }

    private static ulong Word(ReadOnlySpan<byte> head, int index, WordLayout layout) => layout.Read(head[(index * layout.Bytes)..]);

    private sealed class Reader(WordReader words, ProfileLimits limits)
    {
        private readonly List<ulong[]> _stacks = [];
        private readonly List<long> _counts = [];
        private long _addresses;

        public Profile Read()
        {
            words.Read();
            words.Read();
            bool isJava = words.Read() == JavaMark;
            long period = unchecked((long)words.Read() * 1000);
            words.Read();
            ReadSamples(isJava);
            using var text = new LineReader(words.Rest(), limits.MaxStringBytes);
            return isJava ? BuildJava(period, text) : Build(period, text);
        }

        private void ReadSamples(bool isJava)
        {
            var stack = new Column<ulong>(64);
            while (words.TryRead(out ulong count))
            {
                ReadStack(ref stack, isJava);
                if (count == 0 && stack.Count == 1 && stack[0] == 0)
                    return;

                if (_stacks.Count >= limits.MaxSamples)
                    throw new ProfileFormatException($"more than the {limits.MaxSamples} samples that are accepted", words.Offset);

                _stacks.Add(stack.Span.ToArray());
                _counts.Add(unchecked((long)count));
            }
        }

        private void ReadStack(ref Column<ulong> stack, bool isJava)
        {
            ulong depth = words.Read();
            if (depth > (ulong)limits.MaxStackDepth)
                throw new ProfileFormatException($"a stack claims {depth} addresses, more than the {limits.MaxStackDepth} that are accepted", words.Offset);

            _addresses += (long)depth;
            if (_addresses > limits.MaxStackEntries)
                throw new ProfileFormatException($"more than the {limits.MaxStackEntries} stack entries that are accepted", words.Offset);

            stack.Clear();
            for (ulong i = 0; i < depth; i++)
            {
                // The leaf is where the signal struck, all others are where calls return to. Java's are no addresses at all.
                ulong address = words.Read();
                stack.Add(i > 0 && !isJava ? unchecked(address - 1) : address);
            }
        }

        private Profile Build(long period, LineReader maps)
        {
            SignalFrames.Strip(_stacks);
            var profile = new AddressedProfile(Header(period), limits);
            for (int i = 0; i < _stacks.Count; i++)
                profile.AddSample(SignalFrames.WithoutDoubledLeaf(_stacks[i]), [_counts[i], unchecked(_counts[i] * period)]);

            profile.Mappings = new MemoryMapReader(limits).Read(maps);
            return profile.Build();
        }

        private Profile BuildJava(long period, LineReader symbols)
        {
            var profile = new AddressedProfile(Header(period), limits) { DropAddresses = true };
            for (int i = 0; i < _stacks.Count; i++)
                profile.AddSample(_stacks[i], [_counts[i], unchecked(_counts[i] * period)]);

            if (symbols.Next())
                new JavaSymbols(profile).Read(symbols);

            return profile.Build();
        }

        private static ProfileHeader Header(long period) => new ProfileHeader
        {
            SampleTypes = [SampleType.Samples, SampleType.Cpu],
            PeriodType = SampleType.Cpu,
            Period = period,
        }.WithFrameFilters();
    }
}
