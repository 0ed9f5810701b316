using System.Reflection.Metadata;
using Plumb.Runtime.Naming;

namespace Plumb.Runtime.Tests.Naming;

public sealed unsafe class IlCallsTests
{
    [Fact]
    public void Calls_are_told_from_what_other_instructions_carry()
    {
        byte[] code =
        [
            0x28, 1, 0, 0, 0x0A, // call
            0x45, 2, 0, 0, 0, 0x28, 0x28, 0x28, 0x28, 0x6F, 0x6F, 0x6F, 0x6F, // switch of two
            0xFE, 0x06, 0x28, 0, 0, 0x06, // ldftn
            0x21, 0x28, 0x28, 0x28, 0x28, 0x28, 0x28, 0x28, 0x28, // ldc.i8
            0x1F, 0x28, // ldc.i4.s
            0x6F, 2, 0, 0, 0x0A, // callvirt
            0x2A, // ret
        ];

        Assert.Equal([(0x0A00_0001, 0), (0x0A00_0002, 35)], Find(code));
    }

    [Theory]
    [InlineData(new byte[] { 0x28, 1, 0 })]
    [InlineData(new byte[] { 0x45, 0xFF, 0xFF, 0xFF, 0xFF, 0x28, 1, 0, 0, 0 })]
    [InlineData(new byte[] { 0x45, 1 })]
    [InlineData(new byte[] { 0xFE })]
    public void Code_that_ends_too_early_has_no_more_calls(byte[] code) => Assert.Empty(Find(code));

    private static List<(int Token, int Offset)> Find(byte[] code)
    {
        fixed (byte* first = code)
            return IlCalls.Find(new BlobReader(first, code.Length));
    }
}
