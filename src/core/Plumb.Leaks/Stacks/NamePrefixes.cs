namespace Plumb.Leaks.Stacks;

/// <summary>Beginnings of names by which functions, types or modules are known: a namespace with its dot, a word of a method's name.</summary>
internal sealed class NamePrefixes(params string[] prefixes)
{
    public bool Begin(string name) => Of(name) is not null;

    /// <summary>The first of them that the name begins with; null when none does.</summary>
    public string? Of(string name) => Array.Find(prefixes, p => name.StartsWith(p, StringComparison.Ordinal));
}
