namespace Plumb.Runtime.Naming;

/// <summary>Names of this process's own types, written as those that metadata gives to the types of a copy.</summary>
internal static class LiveTypes
{
    /// <summary>The own name and those of what it derives from.</summary>
    public static string[] Names(Type type)
    {
        var names = new List<string>();
        for (Type? next = type; next is not null; next = next.BaseType)
            names.Add(Name(next));
        return [.. names];
    }

    /// <summary>As people write it, without type arguments and the numbers of type parameters.</summary>
    public static string Name(Type type)
    {
        var parts = new List<string>();
        for (Type? next = type; next is not null; next = next.DeclaringType)
            parts.Insert(0, CompilerNames.WithoutArity(next.Name));
        string name = string.Join('.', parts);
        return string.IsNullOrEmpty(type.Namespace) ? name : $"{type.Namespace}.{name}";
    }

    /// <summary>Path of the file that a type is from; empty when it has none.</summary>
    public static string Module(Type type) => type.Assembly.IsDynamic ? "" : type.Assembly.Location;
}
