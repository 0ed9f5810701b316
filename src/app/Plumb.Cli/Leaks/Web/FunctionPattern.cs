using System.Buffers;
using System.Text;
using Plumb.Leaks.Stacks;
using Plumb.Profiles;

namespace Plumb.Cli.Leaks.Web;

/// <summary>Finds a finding's function in a profile, where its name has what the finder leaves out: type arguments, the linker's escapes, closures.</summary>
internal static class FunctionPattern
{
    private const int MaxNames = 8;
    private const int MaxLength = 2000;

    private static readonly SearchValues<char> s_special = SearchValues.Create(@".*+?^${}()|[]\");

    /// <summary>A pattern for filters that means the function and its closures; null when the profile does not name it.</summary>
    public static string? For(string function, Profile profile)
    {
        List<string> names = [];
        int length = 0;
        foreach (FunctionRow row in profile.Functions.Rows)
        {
            string name = profile.Strings[row.Name];
            if (name.Length > MaxLength || !Means(name, function) || names.Contains(name))
            {
                continue;
            }

            length += name.Length;
            names.Add(Quoted(name));
            if (names.Count == MaxNames || length > MaxLength)
            {
                break;
            }
        }

        return names.Count switch
        {
            0 => null,
            1 => $"^{names[0]}$",
            _ => $"^({string.Join('|', names)})$",
        };
    }

    private static bool Means(string name, string function)
    {
        if (name == function)
        {
            return true;
        }

        (string plain, string package) = GoSymbol.Parse(name);
        return plain == function || GoSymbol.WithoutClosures(plain, package) == function;
    }

    private static string Quoted(string name)
    {
        var quoted = new StringBuilder();
        foreach (char c in name)
        {
            if (s_special.Contains(c))
            {
                quoted.Append('\\');
            }

            quoted.Append(c);
        }

        return quoted.ToString();
    }
}
