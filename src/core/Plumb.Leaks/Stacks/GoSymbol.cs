using System.Globalization;
using System.Text;

namespace Plumb.Leaks.Stacks;

/// <summary>Reads the names that Go's linker gives to functions.</summary>
public static class GoSymbol
{
    /// <summary>
    /// The name without generic arguments (<c>[...]</c>, <c>[go.shape.int]</c>) and with the linker's escapes undone (the dots in
    /// a path's last element: <c>redis%2ev5</c>), and the package it belongs to.
    /// </summary>
    public static (string Function, string Package) Parse(string symbol)
    {
        var plain = WithoutTypeArguments(symbol);
        var slash = plain.LastIndexOf('/');
        var dot = plain.IndexOf('.', slash + 1);
        if (dot < 0) return (Unescaped(plain), "");
        var package = Unescaped(plain[..dot]);
        return (package + plain[dot..], package);
    }

    /// <summary><c>main.handler.func1.2</c> → <c>main.handler</c>; <c>main.(*S).Run-fm</c> → <c>main.(*S).Run</c>.</summary>
    public static string WithoutClosures(string function, string package)
    {
        var start = package.Length == 0 || !function.StartsWith(package, StringComparison.Ordinal) ? 0 : package.Length + 1;
        var end = function.Length;
        while (true)
        {
            var dash = function.LastIndexOf('-', end - 1, end - start);
            if (dash > start && IsCompilerSuffix(function.AsSpan(dash + 1, end - dash - 1)))
            {
                end = dash;
                continue;
            }

            var dot = function.LastIndexOf('.', end - 1, end - start);
            if (dot <= start || !IsClosurePart(function.AsSpan(dot + 1, end - dot - 1))) break;
            // init.0 is the first of several init functions, not a closure; glob. holds closures of package variables.
            var holder = function.AsSpan(start, dot - start);
            if (holder is "init" || holder.EndsWith("glob.")) break;
            end = dot;
        }

        return function[..end];
    }

    private static bool IsCompilerSuffix(ReadOnlySpan<char> part) => part is "fm" || StartsWithNumbered(part, "range");

    private static bool IsClosurePart(ReadOnlySpan<char> part) =>
        IsNumber(part) || StartsWithNumbered(part, "func") || StartsWithNumbered(part, "gowrap") || StartsWithNumbered(part, "deferwrap");

    private static bool StartsWithNumbered(ReadOnlySpan<char> part, string prefix) =>
        part.StartsWith(prefix, StringComparison.Ordinal) && IsNumber(part[prefix.Length..]);

    private static bool IsNumber(ReadOnlySpan<char> part) => !part.IsEmpty && part.IndexOfAnyExceptInRange('0', '9') < 0;

    private static string WithoutTypeArguments(string symbol)
    {
        if (!symbol.Contains('[', StringComparison.Ordinal)) return symbol;
        var kept = new StringBuilder(symbol.Length);
        var depth = 0;
        foreach (var c in symbol)
        {
            if (c == '[') depth++;
            if (depth == 0) kept.Append(c);
            if (c == ']' && depth > 0) depth--;
        }

        return kept.ToString();
    }

    private static string Unescaped(string path)
    {
        if (!path.Contains('%', StringComparison.Ordinal)) return path;
        var kept = new StringBuilder(path.Length);
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '%' && i + 2 < path.Length
                && byte.TryParse(path.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                && code is > 32 and < 127)
            {
                kept.Append((char)code);
                i += 2;
            }
            else
            {
                kept.Append(path[i]);
            }
        }

        return kept.ToString();
    }
}
