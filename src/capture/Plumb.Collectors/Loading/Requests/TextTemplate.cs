using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Plumb.Collectors.Loading.Requests;

/// <summary>A text with places that differ from request to request: <c>{n}</c>, the number of the request from 1; <c>{uuid}</c>;
/// <c>{random}</c>, and <c>{random:1-500}</c> with both bounds. Any other brace is a brace, so that JSON needs no escapes.</summary>
public sealed partial class TextTemplate
{
    private const int MaxNumberLength = 20;
    private const int UuidLength = 36;

    private readonly IReadOnlyList<Part> _parts;

    private TextTemplate(IReadOnlyList<Part> parts) => _parts = parts;

    private enum Kind
    {
        Literal,
        Number,
        Uuid,
        Random,
    }

    /// <summary>Whether it says the same for every request.</summary>
    public bool IsConstant => _parts.All(part => part.Kind == Kind.Literal);

    /// <summary>The template in <paramref name="text"/>, as UTF-8.</summary>
    public static TextTemplate Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<Part> parts = [];
        int from = 0;
        foreach (Match place in Placeholder().Matches(text))
        {
            if (PartOf(place) is not { } part)
            {
                continue;
            }

            AddLiteral(parts, text[from..place.Index]);
            parts.Add(part);
            from = place.Index + place.Length;
        }

        AddLiteral(parts, text[from..]);
        return new TextTemplate(parts);
    }

    /// <summary>These bytes and nothing else: a body from a file is sent as it is.</summary>
    public static TextTemplate Literal(ReadOnlyMemory<byte> bytes) => new(bytes.Length == 0 ? [] : [new Part(Kind.Literal, bytes, 0, 0)]);

    /// <summary>The text for one request.</summary>
    public string Render(long number)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(buffer, number);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    internal void Write(IBufferWriter<byte> output, long number)
    {
        for (int i = 0; i < _parts.Count; i++)
        {
            Write(output, _parts[i], number);
        }
    }

    /// <summary>The text with its places replaced by words that a URI leaves as they are, and the way back.</summary>
    internal static (string Text, Func<string, string> Restore) Mask(string text)
    {
        List<string> places = [];
        string masked = Placeholder().Replace(text, place =>
        {
            if (PartOf(place) is null)
            {
                return place.Value;
            }

            places.Add(place.Value);
            return string.Create(CultureInfo.InvariantCulture, $"~place{places.Count - 1}~");
        });
        return (masked, encoded => Masked().Replace(encoded, place =>
            int.TryParse(place.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < places.Count
                ? places[index]
                : place.Value));
    }

    private static void Write(IBufferWriter<byte> output, Part part, long number)
    {
        switch (part.Kind)
        {
            case Kind.Literal:
                output.Write(part.Bytes.Span);
                break;
            case Kind.Number:
                WriteNumber(output, number);
                break;
            case Kind.Random:
                WriteNumber(output, part.Low + (long)(Random.Shared.NextDouble() * (part.High - part.Low + 1)));
                break;
            default:
                Guid.NewGuid().TryFormat(output.GetSpan(UuidLength), out int written);
                output.Advance(written);
                break;
        }
    }

    private static void WriteNumber(IBufferWriter<byte> output, long number)
    {
        Utf8Formatter.TryFormat(number, output.GetSpan(MaxNumberLength), out int written);
        output.Advance(written);
    }

    private static Part? PartOf(Match place)
    {
        if (!place.Groups[2].Success)
        {
            return place.Groups[1].Value switch
            {
                "n" => new Part(Kind.Number, default, 0, 0),
                "uuid" => new Part(Kind.Uuid, default, 0, 0),
                _ => new Part(Kind.Random, default, 0, int.MaxValue),
            };
        }

        bool bounds = int.TryParse(place.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int low)
            & int.TryParse(place.Groups[3].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int high);
        return bounds && low <= high && place.Groups[1].Value == "random" ? new Part(Kind.Random, default, low, high) : null;
    }

    private static void AddLiteral(List<Part> parts, string text)
    {
        if (text.Length > 0)
        {
            parts.Add(new Part(Kind.Literal, Encoding.UTF8.GetBytes(text), 0, 0));
        }
    }

    [GeneratedRegex(@"\{(n|uuid|random)(?::([0-9]{1,10})-([0-9]{1,10}))?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("~place([0-9]{1,5})~")]
    private static partial Regex Masked();

    private readonly record struct Part(Kind Kind, ReadOnlyMemory<byte> Bytes, long Low, long High);
}
