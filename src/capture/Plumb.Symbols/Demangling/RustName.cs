using System.Buffers;
using System.Text.RegularExpressions;

namespace Plumb.Symbols.Demangling;

/// <summary>
/// Rust's older names look like those of C++, with a hash as their last part and words for characters that C++ has not. A demangler
/// that does not know Rust leaves both. The newer names begin with _R, and have a hash behind the name of each crate.
/// </summary>
internal static partial class RustName
{
    private const int HashDigits = 16;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private static readonly (string Word, string Text)[] Words =
    [
        ("$SP$", "@"), ("$BP$", "*"), ("$RF$", "&"), ("$LT$", "<"), ("$GT$", ">"), ("$LP$", "("), ("$RP$", ")"), ("$C$", ","),
        ("$u20$", " "), ("$u27$", "'"), ("$u3b$", ";"), ("$u5b$", "["), ("$u5d$", "]"), ("$u7b$", "{"), ("$u7d$", "}"), ("$u7e$", "~"), ("..", "::"),
    ];

    /// <summary>Whether the compiler of Rust made the name. What stands in its angle brackets, as in <c>&lt;Cart as Display&gt;::fmt</c>, is no template's.</summary>
    public static bool IsRust(string mangled) => IsNewStyle(mangled) || IsOldStyle(mangled);

    public static string Readable(string mangled, string name)
    {
        if (IsNewStyle(mangled))
            return CrateHash().Replace(name, "$1");

        if (!IsOldStyle(mangled))
            return name;

        if (name.Length > HashDigits + 3 && name.AsSpan(name.Length - HashDigits - 3).StartsWith("::h"))
            name = name[..^(HashDigits + 3)];

        foreach ((string word, string text) in Words)
            name = name.Replace(word, text, StringComparison.Ordinal);

        return name.Replace("::_<", "::<", StringComparison.Ordinal) is ['_', '<', ..] start ? start[1..] : name;
    }

    private static bool IsNewStyle(string mangled) => mangled.StartsWith("_R", StringComparison.Ordinal);

    private static bool IsOldStyle(string mangled)
    {
        // …17h0123456789abcdefE
        int start = mangled.Length - HashDigits - 4;
        return start > 0 && mangled[^1] == 'E' && mangled.AsSpan(start).StartsWith("17h")
            && !mangled.AsSpan(start + 3, HashDigits).ContainsAnyExcept(HexDigits);
    }

    // shop[4dd80272b5a2d1fc]::total; behind a letter, so that [f32] stays.
    [GeneratedRegex(@"([A-Za-z0-9_])\[[0-9a-f]{1,16}\]", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex CrateHash();
}
