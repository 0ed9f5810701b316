using System.Runtime.InteropServices;
using Plumb.Agent.Contract;
using Plumb.Runtime.Agent;

namespace Plumb.Runtime.Tests.Agent;

public sealed class AgentSnapshotTests
{
    private const string Names = "shop.dllByte[]";

    [Fact]
    public void Rows_come_back_as_the_agent_wrote_them()
    {
        AgentSnapshot snapshot = AgentSnapshot.Parse(Bytes());

        Assert.Equal("shop.dll", snapshot.Module(0));
        Assert.Equal("Byte[]", snapshot.Type(0));
        Assert.Equal([1, 0], snapshot.Stack(0).ToArray());
        Assert.Equal(0x0600_0002, snapshot.Frames[1].MethodToken);
        Assert.Equal(2048, snapshot.Sites[0].LiveBytes);
        Assert.Equal(70_000_000, snapshot.CpuRows[0].Nanos);
    }

    [Fact]
    public void A_snapshot_of_another_version_is_refused()
    {
        byte[] bytes = Bytes();
        bytes[4]++;

        Assert.Throws<InvalidDataException>(() => AgentSnapshot.Parse(bytes));
    }

    [Fact]
    public void A_cut_snapshot_is_refused_wherever_it_is_cut()
    {
        byte[] bytes = Bytes();
        for (int length = 0; length < bytes.Length; length++)
            Assert.Throws<InvalidDataException>(() => AgentSnapshot.Parse(bytes[..length]));
    }

    // What can be read of a damaged snapshot is read within its bounds: no other fault may come of it.
    [Fact]
    public void A_damaged_snapshot_is_refused_or_read_within_its_bounds()
    {
        byte[] whole = Bytes();
        var random = new Random(7);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = [.. whole];
            for (int change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                ReadAll(AgentSnapshot.Parse(bytes));
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    private static void ReadAll(AgentSnapshot snapshot)
    {
        for (int i = 0; i < snapshot.Header.Modules; i++)
            _ = snapshot.Module(i);
        for (int i = 0; i < snapshot.Header.Types; i++)
            _ = snapshot.Type(i);
        foreach (CpuRow row in snapshot.CpuRows)
            _ = snapshot.Stack(row.Stack);
        foreach (SiteRow site in snapshot.Sites)
        {
            if (site.Stack < 0)
                continue;
            foreach (int frame in snapshot.Stack(site.Stack))
                _ = snapshot.Frames[frame].Module;
        }
    }

    internal static byte[] Bytes()
    {
        var header = new SnapshotHeader
        {
            Magic = AgentContract.Magic,
            Version = AgentContract.Version,
            Modules = 1,
            Types = 1,
            Frames = 2,
            Stacks = 1,
            StackFrames = 2,
            Sites = 1,
            CpuRows = 1,
            TextLength = Names.Length,
            RuntimeMajor = 10,
            Samples = 3,
            LiveSamples = 2,
        };
        return
        [
            .. MemoryMarshal.AsBytes([header]),
            .. MemoryMarshal.AsBytes([new TextRow { Start = 0, Length = 8 }]),
            .. MemoryMarshal.AsBytes([new TextRow { Start = 8, Length = 6 }]),
            .. MemoryMarshal.AsBytes([new FrameRow { Address = 16, MethodToken = 0x0600_0001 }, new FrameRow { Address = 32, MethodToken = 0x0600_0002 }]),
            .. MemoryMarshal.AsBytes([new StackRow { Start = 0, Length = 2 }]),
            .. MemoryMarshal.AsBytes([1, 0]),
            .. MemoryMarshal.AsBytes([new SiteRow { Kind = AllocationKind.Large, Samples = 3, LiveSamples = 2, AllocatedObjects = 3, AllocatedBytes = 3072, LiveObjects = 2, LiveBytes = 2048 }]),
            .. MemoryMarshal.AsBytes([new CpuRow { Samples = 7, Nanos = 70_000_000 }]),
            .. MemoryMarshal.AsBytes(Names.AsSpan()),
        ];
    }
}
