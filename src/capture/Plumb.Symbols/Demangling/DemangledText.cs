using System.Buffers;

namespace Plumb.Symbols.Demangling;

/// <summary>
/// Some writers demangle names and then give them as the linker's. They are made as short as the others, as far as brackets tell what
/// can go.
/// </summary>
internal static class DemangledText
{
    private static readonly SearchValues<byte> Brackets = SearchValues.Create("<>[]"u8);

    /// <summary>Whether it is worth looking at a name at all; most are plain.</summary>
    public static bool MayBeCpp(ReadOnlySpan<byte> name) => name.ContainsAny(Brackets) || name.IndexOf("::"u8) >= 0;

    public static string Simplify(string name, DemangleMode mode)
    {
        if (mode == DemangleMode.Full || !LooksLikeCpp(name))
            return name;

        name = Without(name, '(', ')');
        return mode == DemangleMode.Templates ? name : Without(name, '<', '>');
    }

    private static bool LooksLikeCpp(string name) =>
        // Java has class.<init>, and Go has pkg.(*List[...]).Method.
        !name.Contains(".<", StringComparison.Ordinal) && !name.Contains("]).", StringComparison.Ordinal)
        && (name.AsSpan().ContainsAny("<>[]") || name.Contains("::", StringComparison.Ordinal));

    /// <summary>The name without balanced groups; from where they are not balanced on, it stays as it is.</summary>
    private static string Without(string name, char open, char close)
    {
        var kept = new System.Text.StringBuilder(name.Length);
        int depth = 0, groupStart = 0;
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            if (c == open && depth++ == 0)
                groupStart = i;

            if (c == close && depth == 0)
                return kept.Append(name, i, name.Length - i).ToString();

            if (depth == 0)
                kept.Append(c);

            if (c == close)
                depth--;
        }

        return depth == 0 ? kept.ToString() : kept.Append(name, groupStart, name.Length - groupStart).ToString();
    }
}
