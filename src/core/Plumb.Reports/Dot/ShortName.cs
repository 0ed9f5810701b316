using System.Text.RegularExpressions;

namespace Plumb.Reports.Dot;

/// <summary>Names for pictures, without what every name of a program starts with.</summary>
public static partial class ShortName
{
    private const int TimeoutMilliseconds = 100;

    /// <summary>
    /// Without the directories of a Go package, the package of a Java class or the namespaces of a C++ one, and without Java's argument
    /// list. A name of none of these shapes comes back as it is.
    /// </summary>
    public static string Of(string name)
    {
        const string Anonymous = "(anonymous namespace)::";
        if (name.StartsWith(Anonymous, StringComparison.Ordinal))
            name = name[Anonymous.Length..];

        name = GoVersion().Replace(name, "$1$2");
        foreach (Regex shape in new[] { GoName(), JavaName(), CppName() })
        {
            Match match = shape.Match(name);
            if (match.Success)
                return match.Groups[1].Value;
        }

        return name;
    }

    [GeneratedRegex(@"^(?:[0-9A-Za-z_\-.]+/)+([^.]+\..+)", RegexOptions.CultureInvariant, TimeoutMilliseconds)]
    private static partial Regex GoName();

    [GeneratedRegex(@"^(.*?)/v(?:[2-9]|[1-9][0-9]+)([./].*)\z", RegexOptions.CultureInvariant, TimeoutMilliseconds)]
    private static partial Regex GoVersion();

    [GeneratedRegex(@"^(?:[a-z][0-9A-Za-z_]*\.)*([A-Z][0-9A-Za-z_$]*\.(?:<init>|[a-z][0-9A-Za-z_$]*(?:\$[0-9]+)?))(?:\(|\z)", RegexOptions.CultureInvariant, TimeoutMilliseconds)]
    private static partial Regex JavaName();

    [GeneratedRegex(@"^(?:[_a-zA-Z][0-9A-Za-z_]*::)+(_*[A-Z][0-9A-Za-z_]*::~?[_a-zA-Z][0-9A-Za-z_]*(?:<.*>)?)", RegexOptions.CultureInvariant, TimeoutMilliseconds)]
    private static partial Regex CppName();
}
