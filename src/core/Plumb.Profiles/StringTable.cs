using System.Text;

namespace Plumb.Profiles;

/// <summary>
/// The texts of a profile, each once, as the UTF-8 bytes they arrived in: a name that is not valid UTF-8 survives a round trip, and
/// a report of ten functions never turns twenty thousand names into strings. Row 0 is the empty string. Safe for concurrent readers.
/// </summary>
public sealed class StringTable
{
    private readonly byte[] _utf8;
    private readonly int[] _starts;
    private readonly string?[] _decoded;

    /// <param name="utf8">All texts, one after the other.</param>
    /// <param name="starts">Where each text starts, and at the end where the last one stops.</param>
    /// <param name="count">Number of texts.</param>
    internal StringTable(byte[] utf8, int[] starts, int count)
    {
        _utf8 = utf8;
        _starts = starts;
        _decoded = new string?[count];
        Count = count;
    }

    public int Count { get; }

    /// <summary>The text; bytes that are not UTF-8 read as U+FFFD.</summary>
    // Two threads may decode the same text at once; they get equal strings, and either may stay.
    public string this[StringId id] => _decoded[id.Index] ??= Encoding.UTF8.GetString(Utf8(id));

    public ReadOnlySpan<byte> Utf8(StringId id) => _utf8.AsSpan(_starts[id.Index].._starts[id.Index + 1]);

    /// <summary>The id of a text, or null when the profile does not hold it. Scans the table.</summary>
    public StringId? Find(string text)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(text);
        for (int i = 0; i < Count; i++)
        {
            if (Utf8(new StringId(i)).SequenceEqual(wanted))
                return new StringId(i);
        }

        return null;
    }
}
