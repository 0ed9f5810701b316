using System.Buffers.Text;
using Plumb.Profiles.LegacyText;

namespace Plumb.Profiles.Interchange;

/// <summary>A line of a call chain: <c>98efa cfree@GLIBC_2.2.5+0xa (/usr/lib/libc.so.6)</c>.</summary>
internal readonly ref struct PerfScriptFrame
{
    public ulong Address { get; private init; }

    /// <summary>Empty when perf found none.</summary>
    public ReadOnlySpan<byte> Symbol { get; private init; }

    /// <summary>The binary or library; empty when perf found none.</summary>
    public ReadOnlySpan<byte> File { get; private init; }

    public bool IsInlined { get; private init; }

    public static bool TryParse(ReadOnlySpan<byte> line, out PerfScriptFrame frame)
    {
        frame = default;
        ReadOnlySpan<byte> text = line.Trim(" \t"u8);
        if (!Utf8Parser.TryParse(text, out ulong address, out int digits, 'x') || digits == text.Length || !TextScanner.IsSpace(text[digits]))
            return false;

        text = text[digits..].TrimStart(" \t"u8);
        ReadOnlySpan<byte> symbol = text;
        ReadOnlySpan<byte> file = default;
        // A symbol of C++ may hold spaces and parentheses; the file's come last. A deleted file has ` (deleted)` within its own.
        int open = text.EndsWith(" (deleted))"u8) ? text[..^" (deleted))".Length].LastIndexOf(" ("u8) : text.LastIndexOf(" ("u8);
        if (open >= 0 && text[^1] == ')')
        {
            symbol = text[..open];
            file = text[(open + 2)..^1];
        }

        frame = new PerfScriptFrame
        {
            Address = address,
            Symbol = symbol.SequenceEqual("[unknown]"u8) ? default : WithoutOffset(symbol),
            File = IsName(file) ? file : default,
            IsInlined = file.SequenceEqual("inlined"u8),
        };
        return true;
    }

    private static bool IsName(ReadOnlySpan<byte> file) => !file.SequenceEqual("[unknown]"u8) && !file.SequenceEqual("inlined"u8);

    private static ReadOnlySpan<byte> WithoutOffset(ReadOnlySpan<byte> symbol)
    {
        int plus = symbol.LastIndexOf("+0x"u8);
        return plus > 0 ? symbol[..plus] : symbol;
    }
}
