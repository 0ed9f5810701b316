using System.Buffers;
using System.Globalization;

namespace Plumb.Symbols.Code;

/// <summary>
/// Reads what <c>objdump --disassemble --line-numbers</c> prints, GNU's and LLVM's: headings with a function, lines with a place, and
/// instructions, which belong to the last ones before them.
/// </summary>
internal sealed class ObjdumpText
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private string _function = "";
    private string _file = "";
    private long _line;

    /// <summary>Takes one line of the text; the instruction, if it is one.</summary>
    public Instruction? Take(string line)
    {
        ReadOnlySpan<char> text = line.AsSpan().Trim();
        if (TryInstruction(text, out ulong address, out ReadOnlySpan<char> code))
            return new Instruction(address, code.ToString(), _function, _file, _line);

        // LLVM puts a semicolon before what is not code.
        ReadOnlySpan<char> remark = text.StartsWith(";") ? text[1..].TrimStart() : text;
        if (!TryPlace(remark) && !TryFunction(text, remark))
            (_function, _file, _line) = ("", "", 0);

        return null;
    }

    // "  401136:\tpush   %rbp"
    private static bool TryInstruction(ReadOnlySpan<char> text, out ulong address, out ReadOnlySpan<char> code)
    {
        address = 0;
        code = default;
        int colon = text.IndexOf(':');
        if (colon < 1 || colon + 1 >= text.Length || text[colon + 1] is not (' ' or '\t')
            || !ulong.TryParse(text[..colon], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out address))
            return false;

        code = text[(colon + 1)..].TrimStart();
        return true;
    }

    // "/src/main.c:12", "/src/main.c:12 (discriminator 3)"
    private bool TryPlace(ReadOnlySpan<char> text)
    {
        for (int colon = text.LastIndexOf(':'); colon >= 0; colon = text[..colon].LastIndexOf(':'))
        {
            int digits = text[(colon + 1)..].IndexOfAnyExceptInRange('0', '9');
            ReadOnlySpan<char> number = digits < 0 ? text[(colon + 1)..] : text.Slice(colon + 1, digits);
            if (number.IsEmpty)
                continue;

            if (long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long line) && line <= uint.MaxValue)
                (_file, _line) = (text[..colon].ToString(), line);

            return true;
        }

        return false;
    }

    // "main():", "0000000000401136 <main>:"
    private bool TryFunction(ReadOnlySpan<char> text, ReadOnlySpan<char> remark)
    {
        if (remark.EndsWith("():") && remark.Length > 3)
        {
            _function = remark[..^3].ToString();
            return true;
        }

        int colon = text.LastIndexOf(':');
        if (colon < 0)
            return false;

        ReadOnlySpan<char> heading = text[..colon];
        int digits = heading.IndexOfAnyExcept(HexDigits);
        _function = (digits < 0 ? default : heading[digits..].TrimStart()).ToString();
        return true;
    }
}
