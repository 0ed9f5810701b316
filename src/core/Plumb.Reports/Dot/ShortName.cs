using System.Text.RegularExpressions;

namespace Plumb.Reports.Dot;

/// <summary>Names for pictures, without what every name of a program starts with.</summary>
public static partial class ShortName
{
    // Backtracking is quick for names as compilers make them, and takes the square of its length for one that was made to be slow. A limit of time
    // would be none of the name: on a busy machine every name exceeds it.
    private const int LongestForBacktracking = 1000;

    private static readonly Shapes Quick = new(GoVersion(), [GoName(), JavaName(), CppName()]);
    private static readonly Lazy<Shapes> Linear = new(() => new Shapes(WithoutBacktracking(Quick.GoVersion), [.. Quick.Names.Select(WithoutBacktracking)]));

    /// <summary>
    /// Without the directories of a Go package, the package of a Java class or the namespaces of a C++ one, and without Java's argument
    /// list. A name of none of these shapes comes back as it is.
    /// </summary>
    public static string Of(string name)
    {
        const string Anonymous = "(anonymous namespace)::";
        if (name.StartsWith(Anonymous, StringComparison.Ordinal))
            name = name[Anonymous.Length..];

        Shapes shapes = name.Length <= LongestForBacktracking ? Quick : Linear.Value;
        name = shapes.GoVersion.Replace(name, "$1$2");
        foreach (Regex shape in shapes.Names)
        {
            Match match = shape.Match(name);
            if (match.Success)
                return match.Groups[1].Value;
        }

        return name;
    }

    private static Regex WithoutBacktracking(Regex shape) => new(shape.ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    [GeneratedRegex(@"^(?:[0-9A-Za-z_\-.]+/)+([^.]+\..+)", RegexOptions.CultureInvariant)]
    private static partial Regex GoName();

    [GeneratedRegex(@"^(.*?)/v(?:[2-9]|[1-9][0-9]+)([./].*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex GoVersion();

    [GeneratedRegex(@"^(?:[a-z][0-9A-Za-z_]*\.)*([A-Z][0-9A-Za-z_$]*\.(?:<init>|[a-z][0-9A-Za-z_$]*(?:\$[0-9]+)?))(?:\(|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex JavaName();

    [GeneratedRegex(@"^(?:[_a-zA-Z][0-9A-Za-z_]*::)+(_*[A-Z][0-9A-Za-z_]*::~?[_a-zA-Z][0-9A-Za-z_]*(?:<.*>)?)", RegexOptions.CultureInvariant)]
    private static partial Regex CppName();

    private sealed record Shapes(Regex GoVersion, Regex[] Names);
}
