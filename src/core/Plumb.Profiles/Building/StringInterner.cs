using System.Text;

namespace Plumb.Profiles.Building;

/// <summary>Gives each distinct text a dense id; the empty one is 0. Texts stay UTF-8.</summary>
internal sealed class StringInterner
{
    private readonly SequenceInterner<byte> _texts = new("texts");

    public StringInterner() => Intern(ReadOnlySpan<byte>.Empty);

    public int Count => _texts.Count;

    public StringId Intern(ReadOnlySpan<byte> utf8) => new(_texts.Intern(utf8));

    public StringId Intern(string text)
    {
        const int OnStack = 512;
        int max = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> buffer = max <= OnStack ? stackalloc byte[OnStack] : new byte[max];
        return Intern(buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
    }

    public string Text(StringId id) => Encoding.UTF8.GetString(_texts[id.Index]);

    public StringTable Build() => new(_texts.EntriesWithSpareRoom, _texts.StartsWithSpareRoom, Count);
}
