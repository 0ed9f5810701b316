using Plumb.Profiles;

namespace Plumb.Leaks.Stacks;

/// <summary>The modules of a .NET program as its profiles tell of them: which one each function is in, and which are the program's own.</summary>
internal sealed class DotNetModules
{
    // Where an installed runtime keeps its frameworks, each version in a folder of its own.
    private const string SharedFrameworks = "/shared/Microsoft.";
    private const string FrameworkFolder = ".App/";

    private static readonly NamePrefixes Framework = new("System.", "Microsoft.AspNetCore.", "Microsoft.Extensions.", "Microsoft.Win32.", "Microsoft.CSharp.", "Microsoft.VisualBasic.", "Microsoft.Net.", "mscorlib.", "netstandard.");

    private readonly Dictionary<string, string> _ofFunctions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);
    private string _program = "";

    /// <summary>Takes in what a profile says of its modules. Its first mapping is the program.</summary>
    public void Add(Profile profile)
    {
        _own.UnionWith(ApplicationModules.Read(profile.Header.Comments));
        if (_program.Length == 0 && profile.Mappings.Count > 0 && IsModule(profile.Mappings[new MappingId(0)].File)) _program = Plain(profile.Mappings[new MappingId(0)].File);
    }

    public void Add(string function, string mappingFile)
    {
        if (IsModule(mappingFile)) _ofFunctions.TryAdd(function, Plain(mappingFile));
    }

    /// <summary>Who wrote the module that a function is in; null when that is not known.</summary>
    public FrameOwner? OwnerOf(string function)
    {
        if (!_ofFunctions.TryGetValue(function, out var path)) return null;
        if (IsShared(path)) return FrameOwner.Standard;
        var name = path[(path.LastIndexOf('/') + 1)..];
        // A program that brings its own runtime has it beside its own modules.
        if (Framework.Begin(name)) return FrameOwner.Standard;
        if (path == _program) return FrameOwner.Application;
        return _own.Count == 0 ? null : _own.Contains(name) ? FrameOwner.Application : FrameOwner.ThirdParty;
    }

    private static bool IsShared(string path)
    {
        var at = path.IndexOf(SharedFrameworks, StringComparison.Ordinal);
        return at >= 0 && path.IndexOf(FrameworkFolder, at, StringComparison.Ordinal) > at;
    }

    private static bool IsModule(string file) => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".exe", StringComparison.OrdinalIgnoreCase);

    private static string Plain(string path) => path.Replace('\\', '/');
}
