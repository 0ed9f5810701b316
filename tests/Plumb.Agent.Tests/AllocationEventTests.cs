using System.Runtime.InteropServices;
using Plumb.Agent.Contract;
using Plumb.Agent.Heap;

namespace Plumb.Agent.Tests;

public sealed unsafe class AllocationEventTests
{
    [Fact]
    public void A_sampled_allocation_is_read_field_by_field()
    {
        byte[] data = Sampled("System.Byte[]", size: 10_024);

        Assert.True(TryRead(AllocationEvent.SampledId, data, out var seen));
        Assert.Equal((AllocationKind.Large, 0x1234UL, "System.Byte[]", (nint)0x7F00, 10_024UL), (seen.Kind, seen.Type, seen.Name, seen.Address, seen.Size));
    }

    [Theory]
    [InlineData(24, 4267.2)]
    [InlineData(102_400, 1.582)]
    [InlineData(10_000_000, 1.0)]
    public void A_sample_stands_for_as_many_objects_as_its_size_makes_likely(ulong size, double objects)
    {
        Assert.True(TryRead(AllocationEvent.SampledId, Sampled("T", size), out var seen));

        Assert.Equal(objects, seen.Weight, objects / 1000);
    }

    [Fact]
    public void A_tick_stands_for_what_was_allocated_since_the_one_before()
    {
        byte[] data =
        [
            .. BitConverter.GetBytes(100), .. BitConverter.GetBytes(0), .. new byte[2], .. BitConverter.GetBytes(200_000L), .. BitConverter.GetBytes(77L),
            .. MemoryMarshal.AsBytes("T\0".AsSpan()), .. BitConverter.GetBytes(0), .. BitConverter.GetBytes(5L), .. BitConverter.GetBytes(1000L),
        ];

        Assert.True(TryRead(AllocationEvent.TickId, data, out var seen));
        Assert.Equal((200.0, 1000UL, 77UL, "T"), (seen.Weight, seen.Size, seen.Type, seen.Name));
    }

    [Fact]
    public void A_payload_that_is_too_short_is_left_alone_wherever_it_ends()
    {
        byte[] data = Sampled("System.Byte[]", size: 48)[..^8];
        for (int length = 0; length < data.Length; length++)
        {
            Assert.False(TryRead(AllocationEvent.SampledId, data[..length], out _));
            Assert.False(TryRead(AllocationEvent.TickId, data[..Math.Min(length, 40)], out _));
        }
    }

    private static byte[] Sampled(string type, ulong size) =>
    [
        .. BitConverter.GetBytes(1), .. new byte[2], .. BitConverter.GetBytes(0x1234L), .. MemoryMarshal.AsBytes((type + '\0').AsSpan()),
        .. BitConverter.GetBytes(0x7F00L), .. BitConverter.GetBytes(size), .. BitConverter.GetBytes(9L),
    ];

    private static bool TryRead(uint id, byte[] data, out (AllocationKind Kind, ulong Type, string Name, nint Address, ulong Size, double Weight) seen)
    {
        fixed (byte* start = data)
        {
            bool read = AllocationEvent.TryRead(id, start, (uint)data.Length, out AllocationEvent allocation);
            seen = (allocation.Kind, allocation.Type, allocation.TypeName.ToString(), allocation.Address, allocation.Size, allocation.Weight);
            return read;
        }
    }
}
