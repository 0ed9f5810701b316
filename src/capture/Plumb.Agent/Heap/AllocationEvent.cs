using System.Runtime.CompilerServices;
using Plumb.Agent.Contract;

namespace Plumb.Agent.Heap;

/// <summary>An allocation that the runtime sampled.</summary>
internal unsafe ref struct AllocationEvent
{
    /// <summary>AllocationSampled, .NET 10: each byte is sampled with the same chance.</summary>
    public const uint SampledId = 303;

    /// <summary>AllocationTick, before .NET 10: about every 100 KB, which is only nearly fair.</summary>
    public const uint TickId = 10;

    private const int Word = 8;

    public AllocationKind Kind;
    public ulong Type;
    public ReadOnlySpan<char> TypeName;
    public nint Address;
    public ulong Size;

    /// <summary>How many such objects this one stands for.</summary>
    public double Weight;

    /// <summary>Reads the event's payload; fields lie without padding.</summary>
    public static bool TryRead(uint id, byte* data, uint length, out AllocationEvent allocation)
    {
        allocation = default;
        return id switch
        {
            SampledId => ReadSampled(data, length, ref allocation),
            TickId => ReadTick(data, length, ref allocation),
            _ => false,
        };
    }

    // u32 kind, u16 instance, pointer type, utf16z name, pointer address, u64 size, u64 offset
    private static bool ReadSampled(byte* data, uint length, ref AllocationEvent allocation)
    {
        const int Name = 14;
        int after = AfterName(data, length, Name, 3 * Word);
        if (after < 0)
            return false;

        allocation.Kind = (AllocationKind)Unsafe.ReadUnaligned<uint>(data);
        allocation.Type = Unsafe.ReadUnaligned<ulong>(data + 6);
        allocation.TypeName = new ReadOnlySpan<char>(data + Name, ((after - Name) / 2) - 1);
        allocation.Address = Unsafe.ReadUnaligned<nint>(data + after);
        allocation.Size = Unsafe.ReadUnaligned<ulong>(data + after + Word);
        // The chance that none of its bytes was picked is exp(−size/distance).
        allocation.Weight = 1 / (1 - Math.Exp(-(allocation.Size / AgentContract.SamplingDistanceBytes)));
        return allocation.Size > 0;
    }

    // u32 amount, u32 kind, u16 instance, u64 amount, pointer type, utf16z name, u32 heap, pointer address, u64 size
    private static bool ReadTick(byte* data, uint length, ref AllocationEvent allocation)
    {
        const int Name = 26;
        int after = AfterName(data, length, Name, 4 + (2 * Word));
        if (after < 0)
            return false;

        allocation.Kind = (AllocationKind)Unsafe.ReadUnaligned<uint>(data + 4);
        allocation.Type = Unsafe.ReadUnaligned<ulong>(data + 18);
        allocation.TypeName = new ReadOnlySpan<char>(data + Name, ((after - Name) / 2) - 1);
        allocation.Address = Unsafe.ReadUnaligned<nint>(data + after + 4);
        allocation.Size = Unsafe.ReadUnaligned<ulong>(data + after + 4 + Word);
        allocation.Weight = Unsafe.ReadUnaligned<ulong>(data + 10) / (double)Math.Max(1, allocation.Size);
        return allocation.Size > 0;
    }

    /// <summary>Where the fields behind the name begin; −1 when the payload is shorter than they need.</summary>
    private static int AfterName(byte* data, uint length, int name, int behind)
    {
        for (int i = name; i + 2 + behind <= length; i += 2)
        {
            if (data[i] == 0 && data[i + 1] == 0)
                return i + 2;
        }

        return -1;
    }
}
