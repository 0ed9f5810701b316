using Plumb.Agent.Contract;
using Plumb.Profiles;
using Plumb.Runtime.Agent;

namespace Plumb.Runtime.Naming;

/// <summary>Turns the agent's frames into locations of a profile, each module opened once.</summary>
internal sealed class FrameNamer : IDisposable
{
    private const string UnknownFunction = "[dynamic code]";

    private readonly Dictionary<string, ModuleSymbols?> _modules = new(StringComparer.Ordinal);

    public LocationId Location(ProfileBuilder profile, AgentSnapshot snapshot, in FrameRow frame)
    {
        string path = frame.Module < 0 ? "" : snapshot.Module(frame.Module);
        ModuleSymbols? symbols = Open(path);
        MappingId mapping = path.Length == 0 ? MappingId.None : profile.Mapping(Mapping(path));
        if (symbols?.Method(frame.MethodToken) is not { } method)
            return profile.Location((ulong)frame.Address, mapping, [new Line(profile.Function(Fallback(path)), 0)]);

        int line = frame.IlOffset < 0 ? method.FirstLine : symbols.Line(frame.MethodToken, frame.IlOffset);
        return profile.Location(0, mapping, [new Line(profile.Function(method.Name, method.File, method.FirstLine, method.MetadataName), line)]);
    }

    public Mapping Mapping(string path)
    {
        bool lines = Open(path)?.HasLines ?? false;
        return new Mapping(0, 0, 0, path, "") { HasFunctions = true, HasFilenames = lines, HasLineNumbers = lines };
    }

    public void Dispose()
    {
        foreach (ModuleSymbols? module in _modules.Values)
            module?.Dispose();
    }

    private static string Fallback(string path) => path.Length == 0 ? UnknownFunction : $"[{Path.GetFileName(path)}]";

    private ModuleSymbols? Open(string path)
    {
        if (!_modules.TryGetValue(path, out ModuleSymbols? module))
            _modules[path] = module = path.Length == 0 ? null : ModuleSymbols.Open(path);
        return module;
    }
}
