namespace Plumb.Profiles.Filtering;

internal static class FunctionNames
{
    private static readonly string[] BracketedNames = ["(anonymous namespace)", "operator()"];

    /// <summary>The name without its argument list, and without the dot that the first PowerPC ABI puts before it.</summary>
    public static string Simplify(string name)
    {
        string simple = name.StartsWith('.') ? name[1..] : name;
        for (int i = 0; i < simple.Length;)
        {
            if (BracketedNameAt(simple, i) is { } bracketed)
                i += bracketed.Length;
            else if (simple[i] == '(')
                return simple[..i];
            else
                i++;
        }

        return simple;
    }

    private static string? BracketedNameAt(string name, int at)
    {
        foreach (string bracketed in BracketedNames)
        {
            if (name.AsSpan(at).StartsWith(bracketed, StringComparison.Ordinal))
                return bracketed;
        }

        return null;
    }
}
