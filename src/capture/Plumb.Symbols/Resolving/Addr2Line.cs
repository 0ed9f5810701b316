using System.Collections.Immutable;
using System.Globalization;
using Plumb.Symbols.Elf;
using Plumb.Symbols.Tools;

namespace Plumb.Symbols.Resolving;

/// <summary>
/// <c>addr2line -aif</c>: for each address a line with the address, and then a name and a place for each call. It does not say how many;
/// an address that no binary has, asked after each one, ends its answer.
/// </summary>
internal sealed class Addr2Line : BatchResolver
{
    private const string Nowhere = "ffffffffffffffff";

    private readonly SymbolTable _symbols;
    private ulong _expected;
    private readonly Queue<ulong> _asked = new();

    private Addr2Line(ToolProcess tool, SymbolTable symbols)
        : base(tool) => _symbols = symbols;

    /// <param name="binary">A full path, so it cannot be taken for an option.</param>
    /// <param name="symbols">Some versions cut names in anonymous namespaces (binutils bug 17541); the symbol table has them whole.</param>
    public static Addr2Line Start(string program, string binary, SymbolTable symbols, ToolLimits limits) =>
        new(ToolProcess.Start(program, ["-aif", "-e", binary], limits), symbols);

    protected override IEnumerable<string> Questions(ulong address)
    {
        lock (_asked)
            _asked.Enqueue(address);

        return [address.ToString("x", CultureInfo.InvariantCulture), Nowhere];
    }

    protected override async ValueTask<ImmutableArray<SymbolFrame>> ReadAnswerAsync(CancellationToken cancellationToken)
    {
        string first = await Tool.ReadAnswerAsync(cancellationToken).ConfigureAwait(false);
        if (!first.StartsWith("0x", StringComparison.Ordinal))
            throw new SymbolizationException($"addr2line: expected an address, found \"{first}\"");

        lock (_asked)
            _expected = _asked.Dequeue();

        var frames = new List<SymbolFrame>();
        while (true)
        {
            string name = await Tool.ReadAnswerAsync(cancellationToken).ConfigureAwait(false);
            string place = await Tool.ReadAnswerAsync(cancellationToken).ConfigureAwait(false);
            if (!name.StartsWith("0x", StringComparison.Ordinal))
            {
                frames.Add(Frame(name, place));
                continue;
            }

            // The end: what was read as the place is the name of nothing, and its place is still to come.
            await Tool.ReadAnswerAsync(cancellationToken).ConfigureAwait(false);
            return Known(WithWholeName(frames));
        }
    }

    private List<SymbolFrame> WithWholeName(List<SymbolFrame> frames)
    {
        // The outermost call is the one that was not inlined, so it has the symbol. Underscores that one of the two adds do not count.
        if (frames.Count > 0 && _symbols.Covering(_expected) is { } symbol
            && _symbols.Name(symbol) is { } name && name.Length > frames[^1].Function.Length + 1)
            frames[^1] = frames[^1] with { Function = name };

        return frames;
    }

    private static SymbolFrame Frame(string name, string place)
    {
        int end = place.IndexOf(" (discriminator", StringComparison.Ordinal);
        ReadOnlySpan<char> text = end > 0 ? place.AsSpan(0, end) : place;
        int colon = text.LastIndexOf(':');
        string file = colon < 0 ? text.ToString() : text[..colon].ToString();
        long line = 0;
        if (colon >= 0 && text[(colon + 1)..] is not "?" && !long.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out line))
            file = text.ToString();

        return new SymbolFrame(name == "??" ? "" : name, file == "??" ? "" : file, line);
    }
}
