using System.Reflection;
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

    // Garbage refers to what is no longer there, and a field may hold something that only looks like a reference.
    [AgentFact]
    public async Task Whatever_is_taken_for_a_class_the_copy_goes_on_answering_and_the_service_can_be_asked_as_before()
    {
        HeapAgent agent = await HeapAgent.StartAsync(AgentFile.Path, TimeProvider.System, CancellationToken.None);
        nint end = LastPage() + Page;
        string sockets = DiagnosticSockets();
        try
        {
            using FrozenProcess frozen = agent.Freeze();
            long real = typeof(List<string>).TypeHandle.Value;
            foreach (long type in NoClasses(end))
                _ = frozen.Class(type);
            foreach (long type in Enumerable.Range(1, 200).Select(i => real + (8 * i)))
                _ = frozen.Class(type);

            Assert.Equal([typeof(List<string>).GenericTypeArguments.Length], [frozen.Class(real)!.Arguments.Length]);
        }
        finally
        {
            agent.Stop();
        }

        Assert.Equal(sockets, DiagnosticSockets());
        await using var profiles = new RuntimeProfiles("no/such/libplumb-agent.so");
        Assert.NotEqual(0, (await profiles.TypesAsync()).Samples.Count);
    }

    private static unsafe long[] NoClasses(nint end)
    {
        long* self = (long*)(end - Page);
        for (int i = 0; i < Page / sizeof(long); i++)
            self[i] = end - Page;
        return [1, 8, 0x1000, end, end - 8, end - 16, end - Page, (long)typeof(FrozenProcessTests).GetMethod(nameof(NoClasses), BindingFlags.NonPublic | BindingFlags.Static)!.MethodHandle.GetFunctionPointer(), -8, long.MinValue];
    }

    private static string DiagnosticSockets() =>
        string.Join(' ', Directory.GetFileSystemEntries(Path.GetTempPath(), $"dotnet-diagnostic-{Environment.ProcessId}-*").Order(StringComparer.Ordinal));

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
