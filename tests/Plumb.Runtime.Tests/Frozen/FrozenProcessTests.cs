using System.Runtime.InteropServices;
using Plumb.Runtime.Agent;
using Plumb.Runtime.Frozen;
using Plumb.Runtime.Tests.Agent;

namespace Plumb.Runtime.Tests.Frozen;

[Collection("copies of the process")]
public sealed partial class FrozenProcessTests
{
    private const int Page = 4096;

    [AgentFact]
    public async Task Where_memory_ends_what_lies_before_the_end_is_read()
    {
        HeapAgent agent = await HeapAgent.StartAsync(AgentFile.Path, TimeProvider.System, CancellationToken.None);
        nint end = LastPage() + Page;
        try
        {
            using FrozenProcess frozen = agent.Freeze();
            byte[] bytes = new byte[1024];

            Assert.Equal(100, frozen.Read(end - 100, bytes));
            Assert.Equal(Enumerable.Repeat((byte)7, 100), bytes[..100]);
            Assert.Equal(0, frozen.Read(end, bytes));
            Assert.Equal(1024, frozen.Read(end - 1024, bytes));
        }
        finally
        {
            agent.Stop();
        }
    }

    // Behind it there is nothing.
    private static unsafe nint LastPage()
    {
        const int ReadWrite = 3;
        const int PrivateAnonymous = 0x22;
        nint pages = Map(0, 2 * Page, ReadWrite, PrivateAnonymous, -1, 0);
        Assert.Equal(0, Unmap(pages + Page, Page));
        new Span<byte>((void*)pages, Page).Fill(7);
        return pages;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nint length, int access, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);
}
