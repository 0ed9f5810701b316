using System.Runtime.InteropServices;

namespace Plumb.Agent.Interop;

/// <summary>COR_DEBUG_IL_TO_NATIVE_MAP.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IlMapRow
{
    /// <summary>Negative for prologue, epilogue and unmapped code.</summary>
    public int IlOffset;
    public uint NativeStart;
    public uint NativeEnd;
}

/// <summary>COR_PRF_CODE_INFO: a method's code may lie in two places, hot and cold.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CodeBlock
{
    public nint Start;
    public nuint Size;
}

/// <summary>COR_PRF_EVENTPIPE_PROVIDER_CONFIG.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct EventProvider
{
    public char* Name;
    public ulong Keywords;
    public uint Level;
    public char* Filter;
}

/// <summary>COR_FIELD_OFFSET.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FieldRow
{
    public int Token;
    public int Offset;
}
