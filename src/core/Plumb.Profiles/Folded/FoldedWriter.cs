using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Plumb.Profiles.Building;

namespace Plumb.Profiles.Folded;

/// <summary>Writes <see cref="FoldedText"/>. Stacks become sequences of names, whose order is that of the lines.</summary>
internal sealed class FoldedWriter
{
    private const int FlushBytes = 64 << 10;
    private const int StacksBetweenChecks = 4096;

    private readonly Profile _profile;
    private readonly int[] _columns;
    private readonly SequenceInterner<byte> _names = new("names");
    private readonly SequenceInterner<int> _stacks = new("stacks");
    private Column<long> _sums = new(64);

    public FoldedWriter(Profile profile, ReadOnlySpan<int> columns)
    {
        _profile = profile;
        _columns = columns.IsEmpty ? throw new ArgumentException("name at least one column", nameof(columns)) : columns.ToArray();
    }

    public void Write(Stream target, CancellationToken cancellationToken)
    {
        AddUp(cancellationToken);
        var line = new Column<byte>(FlushBytes);
        foreach (int stack in InOrder())
        {
            ReadOnlySpan<long> sums = Sums(stack);
            if (sums.IndexOfAnyExcept(0) < 0)
                continue;

            AppendLine(_stacks[stack], sums, ref line);
            if (line.Count < FlushBytes)
                continue;

            target.Write(line.Span);
            line.Clear();
        }

        target.Write(line.Span);
    }

    private void AddUp(CancellationToken cancellationToken)
    {
        int[][] frames = FramesByLocation();
        var ids = new int[_profile.Stacks.Count];
        for (int i = 0; i < ids.Length; i++)
        {
            if (i % StacksBetweenChecks == 0)
                cancellationToken.ThrowIfCancellationRequested();

            ids[i] = Stack(_profile.Stacks[new StackId(i)], frames);
        }

        for (int i = 0; i < _profile.Samples.Count; i++)
        {
            Sample sample = _profile.Sample(i);
            Span<long> sums = Sums(ids[sample.StackId.Index]);
            for (int column = 0; column < sums.Length; column++)
                sums[column] = unchecked(sums[column] + sample.Values[_columns[column]]);
        }
    }

    private int Stack(ReadOnlySpan<LocationId> leafFirst, int[][] frames)
    {
        var names = new Column<int>(64);
        for (int i = leafFirst.Length - 1; i >= 0; i--)
            names.Add(frames[leafFirst[i].Index]);

        int id = _stacks.Intern(names.Span);
        if (_sums.Count < (id + 1) * _columns.Length)
            _sums.Add(new long[_columns.Length]);

        return id;
    }

    private Span<long> Sums(int stack) => _sums.Span.Slice(stack * _columns.Length, _columns.Length);

    /// <summary>For each location its frames, root first.</summary>
    private int[][] FramesByLocation()
    {
        var frames = new int[_profile.Locations.Count][];
        for (int i = 0; i < frames.Length; i++)
            frames[i] = Frames(_profile.Locations[new LocationId(i)]);

        return frames;
    }

    private int[] Frames(Location location)
    {
        ReadOnlySpan<Line> lines = location.Lines;
        if (lines.IsEmpty)
            return [_names.Intern(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"0x{location.Address:x}")))];

        var frames = new int[lines.Length];
        for (int i = 0; i < frames.Length; i++)
            frames[^(i + 1)] = Name(_profile.Functions[lines[i].Function].Name);

        return frames;
    }

    private int Name(StringId id)
    {
        ReadOnlySpan<byte> name = _profile.Strings.Utf8(id);
        return _names.Intern(name.IsEmpty ? "[unknown]"u8 : name);
    }

    private List<int> InOrder()
    {
        int[] ranks = Ranks();
        var order = new List<int>(Enumerable.Range(0, _stacks.Count));
        order.Sort((left, right) => Compare(_stacks[left], _stacks[right], ranks));
        return order;
    }

    /// <summary>For each name its place among all names in ordinal order, so that names are compared once and not for each pair of stacks.</summary>
    private int[] Ranks()
    {
        var order = new List<int>(Enumerable.Range(0, _names.Count));
        order.Sort((left, right) => _names[left].SequenceCompareTo(_names[right]));
        var ranks = new int[order.Count];
        for (int i = 0; i < ranks.Length; i++)
            ranks[order[i]] = i;

        return ranks;
    }

    private static int Compare(ReadOnlySpan<int> left, ReadOnlySpan<int> right, int[] ranks)
    {
        int common = left.CommonPrefixLength(right);
        return common == left.Length || common == right.Length
            ? left.Length - right.Length
            : ranks[left[common]] - ranks[right[common]];
    }

    private void AppendLine(ReadOnlySpan<int> stack, ReadOnlySpan<long> sums, ref Column<byte> line)
    {
        for (int i = 0; i < stack.Length; i++)
        {
            if (i > 0)
                line.Add((byte)';');

            FoldedEscape.Encode(_names[stack[i]], beginsLine: i == 0, ref line);
        }

        Span<byte> digits = stackalloc byte[20];
        foreach (long sum in sums)
        {
            line.Add((byte)' ');
            Utf8Formatter.TryFormat(sum, digits, out int written);
            line.Add(digits[..written]);
        }

        line.Add((byte)'\n');
    }
}
