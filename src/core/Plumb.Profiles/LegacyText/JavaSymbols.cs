using System.Buffers.Text;
using Plumb.Profiles.Input;

namespace Plumb.Profiles.LegacyText;

/// <summary>
/// The symbols that end a Java profile: <c>0x0000002b com.example.Cart.add (Cart.java:37)</c>, a library instead of file and line for native code,
/// or a word for a state of the machine such as <c>GC</c>.
/// </summary>
internal sealed class JavaSymbols(AddressedProfile profile)
{
    // A function keeps the file that it was first seen with.
    private readonly Dictionary<StringId, FunctionId> _functions = [];

    /// <summary>Reads from the current line to the end; lines that are no symbols are skipped.</summary>
    public void Read(LineReader lines)
    {
        do
        {
            var scanner = new TextScanner(lines.Line);
            scanner.SkipSpaces();
            if (scanner.TryTakeHex(out ulong address) && !scanner.AtEnd && TextScanner.IsSpace(scanner.Rest[0]) && profile.HasAddress(address))
                Add(address, scanner.Rest.Trim(" \t"u8));
        }
        while (lines.Next());
    }

    private void Add(ulong address, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return;

        ReadOnlySpan<byte> name = text;
        ReadOnlySpan<byte> file = default;
        long line = 0;
        int open = text.LastIndexOf(" ("u8);
        if (open > 0 && text[^1] == ')')
        {
            name = text[..open].TrimEnd(" \t"u8);
            file = Place(text[(open + 2)..^1], out line);
        }
        else if (text.IndexOf("generated stub/JIT"u8) >= 0)
        {
            name = "STUB"u8;
        }

        profile.TryAddSymbol(address, [new Line(Function(name, file), line)]);
    }

    /// <summary>The file in <c>Cart.java:37</c> and its line; of the path of a library only the last part.</summary>
    private static ReadOnlySpan<byte> Place(ReadOnlySpan<byte> place, out long line)
    {
        int colon = place.LastIndexOf((byte)':');
        if (colon > 0 && Utf8Parser.TryParse(place[(colon + 1)..], out line, out int digits) && colon + 1 + digits == place.Length)
        {
            // -1 and -2 stand for unknown and native.
            line = Math.Max(line, 0);
            return place[..colon];
        }

        line = 0;
        return place[(place.LastIndexOf((byte)'/') + 1)..];
    }

    private FunctionId Function(ReadOnlySpan<byte> utf8, ReadOnlySpan<byte> file)
    {
        StringId name = profile.Builder.String(utf8);
        if (!_functions.TryGetValue(name, out FunctionId id))
        {
            id = profile.Builder.Function(new FunctionRow(name, name, profile.Builder.String(file), 0));
            _functions.Add(name, id);
        }

        return id;
    }
}
