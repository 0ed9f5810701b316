using Plumb.Agent.Interop;

namespace Plumb.Agent;

/// <summary>The module that holds the runtime's own classes.</summary>
internal static unsafe class CoreLibrary
{
    private const int MaxModules = 4096;
    private const int MaxName = 2048;
    private const string FileName = "System.Private.CoreLib.dll";

    /// <returns>The runtime's number of the class; 0 for none. Not on a thread of the application.</returns>
    public static nint FindClass(ProfilerInfo info, string name)
    {
        nint module = Find(info);
        nint type = 0;
        int token = 0;
        fixed (char* start = name)
            return module != 0 && info.FindClass(module, start, &token) >= 0 && info.GetClassFromToken(module, token, &type) >= 0 ? type : 0;
    }

    private static nint Find(ProfilerInfo info)
    {
        var modules = new NativeArray<nint>(MaxModules);
        var name = new NativeArray<char>(MaxName);
        nint found = 0;
        int count = Math.Min(info.Modules(modules.Rows, MaxModules), MaxModules);
        for (int i = 0; i < count && found == 0; i++)
        {
            int length = 0;
            if (info.GetModuleInfo(modules[i], MaxName, &length, name.Rows) >= 0 && length is > 1 and <= MaxName && name.Part(0, length - 1).EndsWith(FileName))
                found = modules[i];
        }

        modules.Free();
        name.Free();
        return found;
    }
}
