using System.Runtime.InteropServices;
using Plumb.Agent.Contract;
using Plumb.Agent.Interop;

namespace Plumb.Agent.Freezing;

/// <summary>How many objects of each class there are, and how large. Counted in the frozen copy, where nothing may be allocated.</summary>
internal static unsafe class TypeCounts
{
    private const int MaxClasses = 65_536;

    private static ProfilerInfo s_info;
    private static NativeList<TypeCountRow> s_rows;
    private static HashIndex s_index;

    /// <summary>What found no room.</summary>
    private static TypeCountRow s_rest;

    /// <summary>Before there is a copy.</summary>
    public static void Prepare(ProfilerInfo info)
    {
        s_info = info;
        s_rows = new NativeList<TypeCountRow>(MaxClasses);
        s_index = new HashIndex(MaxClasses);
        s_rest = default;
    }

    /// <summary>In the original, which needs none of it.</summary>
    public static void Forget()
    {
        s_rows.Free();
        s_index.Free();
    }

    /// <summary>In the copy.</summary>
    public static TypeCountRow* Count(out int count)
    {
        s_rows.Clear();
        _ = s_info.EnumerateObjects(&Visit, null);
        if (s_rest.Objects > 0)
            _ = s_rows.Add(s_rest);
        count = s_rows.Count;
        return s_rows.Rows;
    }

    [UnmanagedCallersOnly]
    private static int Visit(nint instance, void* state)
    {
        nint type = *(nint*)instance & FrozenRequest.ClassMask;
        nuint size = 0;
        _ = s_info.GetObjectSize(instance, &size);
        int row = s_index.Find((ulong)type);
        if (row < 0 && s_rows.HasRoom(2))
        {
            row = s_rows.Add(new TypeCountRow { Class = type });
            s_index.Add((ulong)type, row);
        }

        ref TypeCountRow counted = ref row < 0 ? ref s_rest : ref s_rows[row];
        counted.Objects++;
        counted.Bytes += (long)size;
        return 1;
    }
}
