using System.Text;

namespace Plumb.Leaks.Stacks;

/// <summary>Reads the names that the C# compiler and the .NET runtime give to what has none in the source.</summary>
public static class DotNetSymbol
{
    private const string Lambda = ".lambda";

    /// <summary>
    /// The method that a compiled one was written in: <c>Shop.Cart.&lt;Load&gt;d__3.MoveNext</c>, <c>Shop.Cart+&lt;&gt;c__DisplayClass5_0.&lt;Load&gt;b__0</c> and
    /// <c>Shop.Cart.&lt;Load&gt;g__Read|3_0</c> are all <c>Shop.Cart.Load</c>, and so is <c>Shop.Cart.Load.lambda</c>, as profiles with readable
    /// names have it. Other names stay as they are.
    /// </summary>
    public static string Enclosing(string function)
    {
        while (function.EndsWith(Lambda, StringComparison.Ordinal)) function = function[..^Lambda.Length];
        var start = MangledAt(function);
        if (start < 0) return function;
        var type = OuterType(function[..start]);
        // An async lambda has its method twice in brackets: <<Load>b__0>d.
        var open = start;
        while (open + 1 < function.Length && function[open + 1] == '<') open++;
        var close = function.IndexOf('>', open);
        return close <= open + 1 ? function : type + "." + function[(open + 1)..close];
    }

    /// <summary>The type without its arguments and their number: <c>System.Collections.Generic.List`1[[Shop.Order]]</c> is
    /// <c>System.Collections.Generic.List</c>.</summary>
    public static string WithoutTypeArguments(string type)
    {
        if (type.AsSpan().IndexOfAny('`', '<', '[') < 0) return type;
        var kept = new StringBuilder(type.Length);
        for (var i = 0; i < type.Length; i++)
        {
            if (type[i] == '`')
            {
                while (i + 1 < type.Length && char.IsAsciiDigit(type[i + 1])) i++;
            }
            else if (type[i] is '<' || (type[i] == '[' && i + 1 < type.Length && type[i + 1] is not (']' or ',')))
            {
                i = MatchingClose(type, i);
            }
            else
            {
                kept.Append(type[i]);
            }
        }

        return kept.ToString();
    }

    // The first name in angle brackets that is a method's: the <> of a class of closures is empty.
    private static int MangledAt(string function)
    {
        for (var i = 0; i + 1 < function.Length; i++)
        {
            if (function[i] == '<' && (i == 0 || function[i - 1] is '.' or '+' or '/') && (char.IsLetter(function[i + 1]) || function[i + 1] is '_' or '<')) return i;
        }

        return -1;
    }

    private static string OuterType(string before)
    {
        var closures = before.IndexOf("+<>c", StringComparison.Ordinal);
        if (closures < 0) closures = before.IndexOf(".<>c", StringComparison.Ordinal);
        return (closures < 0 ? before : before[..closures]).TrimEnd('.', '+', '/').Replace('+', '.');
    }

    private static int MatchingClose(string text, int open)
    {
        var (left, right) = text[open] == '<' ? ('<', '>') : ('[', ']');
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            if (text[i] == left) depth++;
            if (text[i] == right && --depth == 0) return i;
        }

        return text.Length - 1;
    }
}
