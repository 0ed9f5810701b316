using System.Buffers.Binary;
using Plumb.Runtime.Frozen;
using Plumb.Runtime.Goroutines;
using Plumb.Runtime.Naming;

namespace Plumb.Runtime.Handles;

/// <summary>
/// What timers of a frozen process call. A delegate holds an address of code; code that has never run is not compiled, and then nothing but
/// whose method it is is known.
/// </summary>
internal sealed class FrozenDelegates(IFrozenHeap heap, FrozenTypes types)
{
    private const string Cancellation = "System.Threading.CancellationTokenSource";
    private const string Component = "System.Timers.Timer";

    public HandleMethod Callback(FrozenObject timer)
    {
        FrozenObject? state = timer.Object("_state");
        if (timer.Object("_timerCallback") is not { } callback)
            return new HandleMethod("[disposed meanwhile]");
        FrozenObject? target = callback.Object("_target");
        if (target is { Type.Name: Component } && target.Object("_onIntervalElapsed") is { } elapsed)
            return Method(elapsed);
        if (state is { Type.Name: Cancellation } && Path.GetFileName(target?.Type.Module ?? "") == "System.Private.CoreLib.dll")
            return new HandleMethod($"{Cancellation}.CancelAfter");
        return state is not null && WaitNames.Known(state.Type.Names) is var (call, _) ? new HandleMethod(call) : Method(callback);
    }

    private HandleMethod Method(FrozenObject callback)
    {
        // Of a static method the first address is that of a shuffle, which is nobody's method.
        foreach (string field in (string[])["_methodPtrAux", "_methodPtr"])
        {
            if (callback.Value<nint>(field) is not 0 and var code && At(code) is { } method)
                return method;
        }

        string owner = CompilerNames.WithoutGenerated(callback.Object("_target")?.Type.Name ?? "");
        return new HandleMethod(owner.Length > 0 ? $"{owner}.[not yet called]" : "[not yet called]");
    }

    private HandleMethod? At(long code)
    {
        if (types.MethodAt(code) is var (_, path, token))
            return new HandleMethod("", path, token);
        // A precode of x64: jmp [target].
        Span<byte> jump = stackalloc byte[6];
        Span<byte> target = stackalloc byte[sizeof(long)];
        return heap.Read(code, jump) == jump.Length && jump is [0xFF, 0x25, ..]
            && heap.Read(code + jump.Length + BinaryPrimitives.ReadInt32LittleEndian(jump[2..]), target) == target.Length
            && types.MethodAt(BinaryPrimitives.ReadInt64LittleEndian(target)) is var (_, file, number)
            ? new HandleMethod("", file, number)
            : null;
    }
}
