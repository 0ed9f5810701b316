using Plumb.Agent.Contract;
using Plumb.Profiles;
using Plumb.Runtime.Agent;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Naming;

/// <summary>Turns the agent's frames into locations of a profile, each module opened once.</summary>
/// <param name="target">Whose modules they are.</param>
internal sealed class FrameNamer(TargetProcess target) : IDisposable
{
    private const string UnknownFunction = "[dynamic code]";

    private readonly Dictionary<string, ModuleSymbols?> _modules = new(StringComparer.Ordinal);

    /// <summary>Says in an empty profile which program it is of: readers take the first mapping for it.</summary>
    public void AddProgram(ProfileBuilder profile)
    {
        if (target.Program is not { Length: > 0 } program)
            return;
        _ = profile.Mapping(Mapping(program));
        if (ProgramModules.OwnBeside(target.Root + program) is { Count: > 0 } own)
            profile.Header = profile.Header with { Comments = profile.Header.Comments.Add(ApplicationModules.Comment(own)) };
    }

    public LocationId Location(ProfileBuilder profile, AgentSnapshot snapshot, in FrameRow frame) =>
        Location(profile, frame.Module < 0 ? "" : snapshot.Module(frame.Module), frame.MethodToken, frame.IlOffset, (ulong)frame.Address, "");

    /// <param name="path">The module's file; empty for code that has none.</param>
    /// <param name="ilOffset">−1 when unknown: then the method's first line stands for all.</param>
    /// <param name="name">The name of a method that has no metadata; may be empty.</param>
    public LocationId Location(ProfileBuilder profile, string path, int token, int ilOffset, ulong address, string name)
    {
        ModuleSymbols? symbols = Open(path);
        MappingId mapping = path.Length == 0 ? MappingId.None : profile.Mapping(Mapping(path));
        if (symbols?.Method(token) is not { } method)
            return profile.Location(address, mapping, [new Line(profile.Function(Fallback(path, name)), 0)]);

        int line = ilOffset < 0 ? method.FirstLine : symbols.Line(token, ilOffset);
        return profile.Location(0, mapping, [new Line(profile.Function(method.Name, method.File, method.FirstLine, method.MetadataName), line)]);
    }

    public string Name(string path, int token, string name) => Open(path)?.Method(token)?.Name ?? Fallback(path, name);

    public Mapping Mapping(string path)
    {
        bool lines = Open(path)?.HasLines ?? false;
        return new Mapping(0, 0, 0, path, "") { HasFunctions = true, HasFilenames = lines, HasLineNumbers = lines };
    }

    /// <returns>Null when the file is not there or no assembly.</returns>
    public ModuleSymbols? Open(string path)
    {
        if (!_modules.TryGetValue(path, out ModuleSymbols? module))
            _modules[path] = module = path.Length == 0 ? null : ModuleSymbols.Open(target.Root + path);
        return module;
    }

    public void Dispose()
    {
        foreach (ModuleSymbols? module in _modules.Values)
            module?.Dispose();
    }

    private static string Fallback(string path, string name) => (path, name) switch
    {
        (_, { Length: > 0 }) => name,
        ({ Length: > 0 }, _) => $"[{Path.GetFileName(path)}]",
        _ => UnknownFunction,
    };
}
