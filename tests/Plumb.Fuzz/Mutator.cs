using System.Globalization;
using System.Text;

namespace Plumb.Fuzz;

/// <summary>
/// Damages inputs, the same way for the same seed. Some damage is what networks and disks do, some what an attacker does who knows the
/// format: numbers at the edge of their types, spans repeated, pieces of other inputs.
/// </summary>
public sealed class Mutator(int seed, IReadOnlyList<byte[]> donors)
{
    private const int MaxChanges = 6;
    // Larger inputs only slow the search down.
    private const int MaxBytes = 1 << 20;

    private static readonly string[] Numbers =
    [
        "0", "-1", "1", "2147483647", "2147483648", "4294967296", "9223372036854775807", "-9223372036854775808", "18446744073709551615",
        "99999999999999999999999999", "0xffffffffffffffff", "0x0", "1e308", "-0.0",
    ];

    // What ends, begins, escapes or refers in some format or other.
    private static readonly string[] Fragments =
    [
        "\\ud800", "\"", "'", "\\", "{n}", "{", "}", "[", "]", "(", ")", "\0", "\e[2J", "%", "..", "/../", ":", ";", "\n", "\r", "$ref", "#/", "\u202e", "@", "null", "true", "\t",
    ];

    private static readonly ulong[] Words = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 1UL << 40, long.MaxValue, ulong.MaxValue];

    private readonly Random _random = new(seed);

    public byte[] Mutate(byte[] input)
    {
        byte[] result = input;
        for (int changes = _random.Next(1, MaxChanges); changes > 0 && result.Length > 0; changes--)
            result = Change(result);

        return result.Length > MaxBytes ? result[..MaxBytes] : result;
    }

    private byte[] Change(byte[] input) => _random.Next(12) switch
    {
        0 => FlipBit(input),
        1 => SetByte(input),
        2 => input[..Place(input)],
        3 => input[Place(input)..],
        4 => Remove(input),
        5 => Repeat(input),
        6 => Insert(input, RandomBytes()),
        7 => Insert(input, Piece(donors[_random.Next(donors.Count)])),
        8 => ReplaceNumber(input),
        9 => SetWord(input),
        10 => Insert(input, Encoding.UTF8.GetBytes(Fragments[_random.Next(Fragments.Length)])),
        _ => SwapLines(input),
    };

    private byte[] FlipBit(byte[] input)
    {
        byte[] result = [.. input];
        result[Place(input)] ^= (byte)(1 << _random.Next(8));
        return result;
    }

    private byte[] SetByte(byte[] input)
    {
        byte[] result = [.. input];
        result[Place(input)] = (byte)_random.Next(256);
        return result;
    }

    private byte[] Remove(byte[] input)
    {
        (int start, int length) = Span(input);
        return [.. input.AsSpan(0, start), .. input.AsSpan(start + length)];
    }

    private byte[] Repeat(byte[] input)
    {
        (int start, int length) = Span(input);
        var result = new List<byte>(input[..start]);
        for (int times = 1 << _random.Next(1, 8); times > 0 && result.Count < MaxBytes; times--)
            result.AddRange(input.AsSpan(start, length));

        result.AddRange(input.AsSpan(start));
        return [.. result];
    }

    private byte[] Insert(byte[] input, ReadOnlySpan<byte> what)
    {
        int place = Place(input);
        return [.. input.AsSpan(0, place), .. what, .. input.AsSpan(place)];
    }

    /// <summary>Replaces decimal digits, if there are some behind a random place, by a number at the edge of a type.</summary>
    private byte[] ReplaceNumber(byte[] input)
    {
        int start = Place(input);
        while (start < input.Length && !char.IsAsciiDigit((char)input[start]))
            start++;

        int end = start;
        while (end < input.Length && char.IsAsciiDigit((char)input[end]))
            end++;

        string number = _random.Next(4) == 0 ? _random.NextInt64().ToString(CultureInfo.InvariantCulture) : Numbers[_random.Next(Numbers.Length)];
        return [.. input.AsSpan(0, start), .. Encoding.ASCII.GetBytes(number), .. input.AsSpan(end)];
    }

    /// <summary>Writes a number at the edge of a type in binary: as a machine word or as a protobuf varint.</summary>
    private byte[] SetWord(byte[] input)
    {
        ulong word = Words[_random.Next(Words.Length)];
        byte[] bytes = _random.Next(3) switch
        {
            0 => BitConverter.GetBytes((uint)word),
            1 => BitConverter.GetBytes(word),
            _ => Varint(word),
        };
        byte[] result = [.. input];
        int place = Place(input);
        bytes.AsSpan(0, Math.Min(bytes.Length, input.Length - place)).CopyTo(result.AsSpan(place));
        return result;
    }

    private static byte[] Varint(ulong number)
    {
        var bytes = new List<byte>();
        for (; number >= 0x80; number >>= 7)
            bytes.Add((byte)(number | 0x80));

        bytes.Add((byte)number);
        return [.. bytes];
    }

    private byte[] SwapLines(byte[] input)
    {
        int first = LineStart(input, Place(input));
        int second = LineStart(input, Place(input));
        (first, second) = (Math.Min(first, second), Math.Max(first, second));
        int end = Array.IndexOf(input, (byte)'\n', second) + 1;
        return end == 0 ? input : [.. input.AsSpan(0, first), .. input.AsSpan(second, end - second), .. input.AsSpan(first, second - first), .. input.AsSpan(end)];
    }

    private static int LineStart(byte[] input, int place) => input.AsSpan(0, place).LastIndexOf((byte)'\n') + 1;

    private byte[] RandomBytes()
    {
        var bytes = new byte[_random.Next(1, 32)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private ReadOnlySpan<byte> Piece(byte[] donor)
    {
        if (donor.Length == 0)
            return default;

        (int start, int length) = Span(donor);
        return donor.AsSpan(start, length);
    }

    private (int Start, int Length) Span(byte[] input)
    {
        int start = Place(input);
        return (start, _random.Next(1, Math.Min(input.Length - start, 1 << _random.Next(1, 14)) + 1));
    }

    private int Place(byte[] input) => _random.Next(input.Length);
}
