namespace Plumb.Runtime.Naming;

/// <summary>
/// Gives a method of metadata the name that its author wrote. The compiler moves bodies of async methods, iterators, lambdas and
/// local functions into types and methods whose names hold the original one between angle brackets.
/// </summary>
internal static class CompilerNames
{
    private const string Lambda = "lambda";

    /// <param name="types">Outermost type first, the namespace in front of it; generic arities may be there.</param>
    public static string Of(ReadOnlySpan<string> types, string method)
    {
        var parts = new List<string>(types.Length + 1);
        foreach (string type in types)
        {
            // Closures are the compiler's; a state machine is the method that it stands for.
            if (type.StartsWith('<'))
                Add(parts, Original(type));
            else
                Add(parts, WithoutArity(type));
        }

        bool bodyOfStateMachine = types.Length > 0 && types[^1].StartsWith('<') && method is "MoveNext" && Original(types[^1]).Length > 0;
        if (!bodyOfStateMachine)
            Add(parts, method.StartsWith('<') ? OfMovedMethod(method) : WithoutExplicitInterface(method));
        return string.Join('.', parts);
    }

    /// <summary>What a field is called in the source: one that belongs to a property has the property's name.</summary>
    public static string Field(string name) => name.StartsWith('<') && Original(name) is { Length: > 0 } original ? original : name;

    public static string WithoutArity(string type)
    {
        int tick = type.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? type : type[..tick];
    }

    /// <summary>A type's name without the closures that the compiler made in it.</summary>
    public static string WithoutGenerated(string type)
    {
        int generated = type.IndexOf(".<", StringComparison.Ordinal);
        return generated < 0 ? type : type[..generated];
    }

    // <Add>b__3_0 is a lambda in Add, <Add>g__Sum|3_0 the local function Sum in Add, <Main>$ the top-level statements.
    private static string OfMovedMethod(string method)
    {
        int close = Closing(method);
        if (close < 0)
            return method;
        string original = Original(method);
        ReadOnlySpan<char> rest = method.AsSpan(close + 1);
        if (rest.StartsWith("g__"))
        {
            int bar = rest.IndexOf('|');
            return Joined(original, rest[3..(bar < 0 ? rest.Length : bar)].ToString());
        }

        return rest.StartsWith("b__") ? Joined(original, Lambda) : original;
    }

    /// <summary>What stands between the angle brackets, itself resolved when it was moved as well; empty for closures.</summary>
    private static string Original(string name)
    {
        int close = Closing(name);
        if (close <= 1)
            return "";
        string inner = name[1..close];
        return inner.StartsWith('<') ? OfMovedMethod(inner) : inner;
    }

    private static int Closing(string name)
    {
        int depth = 0;
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] == '<')
                depth++;
            else if (name[i] == '>' && --depth == 0)
                return i;
        }

        return -1;
    }

    // An explicit implementation carries the interface's full name: System.IDisposable.Dispose is Dispose to its author.
    private static string WithoutExplicitInterface(string method)
    {
        int dot = method.LastIndexOf('.');
        return dot > 0 ? method[(dot + 1)..] : method.TrimStart('.');
    }

    private static string Joined(string outer, string inner) => outer.Length == 0 ? inner : $"{outer}.{inner}";

    private static void Add(List<string> parts, string part)
    {
        if (part.Length > 0)
            parts.Add(part);
    }
}
