using System.Runtime.InteropServices;
using Plumb.Agent.Cpu;

namespace Plumb.Agent.Tests.Cpu;

public sealed unsafe class MachineCodeTests
{
    private const int Space = 64;

    // push rbp; push r15; sub rsp, 16; lea rbp, [rsp+24]; …; pop rbp; ret
    private static readonly byte[] Framed = [0x55, 0x41, 0x57, 0x48, 0x83, 0xEC, 0x10, 0x48, 0x8D, 0x6C, 0x24, 0x18, 0x90, 0x90, 0x5D, 0xC3];

    // push rbx; sub rsp, 16; …
    private static readonly byte[] Frameless = [0x53, 0x48, 0x83, 0xEC, 0x10, 0x90, 0x90];

    [Theory]
    [InlineData(0, false)]
    [InlineData(7, false)]
    [InlineData(12, true)]
    [InlineData(14, true)]
    [InlineData(15, false)]
    public void A_frame_is_the_methods_own_between_prolog_and_return(int at, bool expected)
    {
        if (RuntimeInformation.ProcessArchitecture == Architecture.X64)
            Assert.Equal(expected, WithCode(Framed, code => MachineCode.HasFrame(code, code + (ulong)at)));
    }

    [Fact]
    public void A_method_that_sets_no_frame_has_that_of_its_caller()
    {
        if (RuntimeInformation.ProcessArchitecture == Architecture.X64)
            Assert.False(WithCode(Frameless, code => MachineCode.HasFrame(code, code + 6)));
    }

    [Theory]
    [InlineData(new byte[] { 0x90, 0x90, 0xE8, 1, 2, 3, 4 }, true)]
    [InlineData(new byte[] { 0x90, 0x90, 0x90, 0x90, 0x90, 0xFF, 0xD0 }, true)]
    [InlineData(new byte[] { 0x90, 0x90, 0x90, 0x90, 0x41, 0xFF, 0xD2 }, true)]
    [InlineData(new byte[] { 0x90, 0xFF, 0x15, 1, 2, 3, 4 }, true)]
    [InlineData(new byte[] { 0x90, 0x90, 0x90, 0x90, 0xFF, 0x50, 8 }, true)]
    [InlineData(new byte[] { 0x90, 0x90, 0x90, 0x90, 0x90, 0xFF, 0xE0 }, false)]
    [InlineData(new byte[] { 0x90, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90 }, false)]
    public void What_stands_behind_a_call_is_a_return_address(byte[] code, bool expected)
    {
        if (RuntimeInformation.ProcessArchitecture == Architecture.X64)
            Assert.Equal(expected, WithCode(code, start => MachineCode.IsReturnAddress(start + (ulong)code.Length)));
    }

    [Fact]
    public void Code_that_has_gone_does_no_harm()
    {
        Assert.True(MachineCode.HasFrame(0x1000, 0x1004));
        if (RuntimeInformation.ProcessArchitecture == Architecture.X64)
            Assert.False(MachineCode.IsReturnAddress(0x1010));
    }

    private static bool WithCode(byte[] code, Func<ulong, bool> ask)
    {
        void* memory = NativeMemory.AllocZeroed(Space);
        try
        {
            code.CopyTo(new Span<byte>(memory, Space));
            return ask((ulong)memory);
        }
        finally
        {
            NativeMemory.Free(memory);
        }
    }
}
