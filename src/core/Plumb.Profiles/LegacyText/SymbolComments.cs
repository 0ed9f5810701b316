using System.Buffers.Text;
using Plumb.Profiles.Building;

namespace Plumb.Profiles.LegacyText;

/// <summary>
/// The symbols that Go writes as comments below a sample: <c>#	0x62c05d	main.(*server).wait+0x1d	/src/main.go:16</c>. One line a call, inlined calls
/// before the one they were inlined into; runtime functions at the leaf and runtime.goexit are left out.
/// </summary>
internal sealed class SymbolComments(AddressedProfile profile, ProfileLimits limits)
{
    private Column<ulong> _addresses = new(64);
    private Column<Line> _lines = new(64);

    /// <summary>Keeps a comment if it is a symbol.</summary>
    public void Add(ReadOnlySpan<byte> comment)
    {
        var scanner = new TextScanner(comment);
        if (!scanner.TryTake("#\t"u8) || !scanner.TryTakeHex(out ulong address) || _addresses.Count >= limits.MaxStackDepth)
            return;

        ReadOnlySpan<byte> rest = scanner.Rest.TrimStart((byte)'\t');
        int tab = rest.IndexOf((byte)'\t');
        if (tab < 0)
            return;

        ReadOnlySpan<byte> place = rest[tab..].TrimStart((byte)'\t');
        int colon = place.LastIndexOf((byte)':');
        if (colon < 0 || !Utf8Parser.TryParse(place[(colon + 1)..], out int number, out _))
            return;

        _addresses.Add(address);
        _lines.Add(new Line(Function(rest[..tab], place[..colon]), number));
    }

    /// <summary>Gives the symbols kept to the addresses of the sample above them, and forgets them.</summary>
    /// <param name="stack">The sample's addresses, leaf first, each moved back onto its call.</param>
    public void Attach(ReadOnlySpan<ulong> stack)
    {
        int at = 0;
        for (int i = 0; i < stack.Length && at < _addresses.Count;)
        {
            ulong address = stack[i];
            int run = 1;
            while (i + run < stack.Length && stack[i + run] == address)
                run++;

            int first = at;
            while (at < _addresses.Count && IsAt(_addresses[at], address))
                at++;

            // A recursive call is on the stack several times, with all its inlined calls each time.
            if (at > first)
                profile.TryAddSymbol(address, _lines.Span.Slice(first, Math.Max(1, (at - first) / run)));

            i += run;
        }

        _addresses.Clear();
        _lines.Clear();
    }

    // Go prints the call's address; where a signal struck it is the instruction itself, which is one further than what the sample says.
    private static bool IsAt(ulong symbol, ulong address) => symbol == address || symbol == address + 1;

    private FunctionId Function(ReadOnlySpan<byte> nameAndOffset, ReadOnlySpan<byte> file)
    {
        int offset = nameAndOffset.LastIndexOf("+0x"u8);
        StringId name = profile.Builder.String(offset < 0 ? nameAndOffset : nameAndOffset[..offset]);
        return profile.Builder.Function(new FunctionRow(name, name, profile.Builder.String(file), 0));
    }
}
