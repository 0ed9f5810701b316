using Plumb.Profiles;
using Plumb.Runtime.Events;
using Plumb.Runtime.NetTrace;
using Plumb.Runtime.Tests.NetTrace;

namespace Plumb.Runtime.Tests.Events;

public sealed class CodeMapTests
{
    private const int Exception = 1;
    private const int IlMap = 2;
    private const int Method = 3;
    private const int Module = 4;

    [Fact]
    public void A_method_is_found_by_every_address_of_its_code_with_module_token_and_statement()
    {
        CodeMap code = Read(Trace()).Code;

        Assert.False(code.TryFind(0xFFF, out _));
        Assert.False(code.TryFind(0x1040, out _));
        Assert.True(code.TryFind(0x1000, out MethodRange first));
        Assert.True(code.TryFind(0x103F, out MethodRange last));
        Assert.Equal(first, last);
        Assert.Equal("/app/shop.dll", code.Module(first.Module));
        Assert.Equal(0x0600_0007, first.Token);
        Assert.Equal([0, 0, 12], ((uint[])[0, 5, 0x20]).Select(first.IlOffset));
    }

    [Fact]
    public void Lines_are_kept_for_methods_on_stacks_alone()
    {
        CodeMap code = Read(Trace()).Code;

        Assert.True(code.TryFind(0x2000, out MethodRange other));
        Assert.Equal(-1, other.IlOffset(0x20));
    }

    [Fact]
    public void Code_without_metadata_has_the_name_that_the_runtime_gives_it()
    {
        Assert.True(Read(Trace()).Code.TryFind(0x3000, out MethodRange dynamic));
        Assert.Equal("lambda_method1", dynamic.Name);
    }

    [Fact]
    public void A_damaged_list_is_read_or_refused_and_never_anything_else()
    {
        byte[] whole = Trace();
        var random = new Random(5);
        for (int round = 0; round < 10_000; round++)
        {
            byte[] bytes = [.. whole];
            for (int change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                CodeMap code = Read(bytes).Code;
                if (code.TryFind(0x1010, out MethodRange method))
                    _ = method.IlOffset(0x10);
            }
            catch (ProfileFormatException)
            {
            }
        }
    }

    private static CountSink Read(byte[] trace)
    {
        var sink = new CountSink(RuntimeEvents.ExceptionThrown, startsWithType: true);
        NetTraceReader.Read(new MemoryStream(trace), sink);
        return sink;
    }

    private static byte[] Trace() => new TraceBytes()
        .Kind(Exception, RuntimeEvents.Provider, RuntimeEvents.ExceptionThrown)
        .Kind(IlMap, RuntimeEvents.RundownProvider, RuntimeEvents.RundownIlMap)
        .Kind(Method, RuntimeEvents.RundownProvider, RuntimeEvents.RundownMethod)
        .Kind(Module, RuntimeEvents.RundownProvider, RuntimeEvents.RundownModule)
        .Stacks(1, [0x1010])
        .Block(
            TraceBytes.Event(Exception, 9, 1, 1, TraceBytes.Text("Shop.SoldOut")),
            TraceBytes.Event(IlMap, 9, 0, 2, Lines(100)),
            TraceBytes.Event(Method, 9, 0, 3, Code(100, 0x1000, 0x0600_0007, "Shop.Cart", "Add")),
            TraceBytes.Event(IlMap, 9, 0, 4, Lines(200)),
            TraceBytes.Event(Method, 9, 0, 5, Code(200, 0x2000, 0x0600_0008, "Shop.Cart", "Remove")),
            TraceBytes.Event(Method, 9, 0, 6, Code(300, 0x3000, 0x0600_0000, "dynamicClass", "lambda_method1")),
            TraceBytes.Event(Module, 9, 0, 7, [.. BitConverter.GetBytes(77UL), .. new byte[16], .. TraceBytes.Text("/app/shop.dll"), .. TraceBytes.Text("")]))
        .End();

    private static byte[] Code(ulong id, ulong start, int token, string type, string name) =>
        [.. BitConverter.GetBytes(id), .. BitConverter.GetBytes(77UL), .. BitConverter.GetBytes(start), .. TraceBytes.Int32(0x40), .. TraceBytes.Int32(token), .. TraceBytes.Int32(0), .. TraceBytes.Text(type), .. TraceBytes.Text(name)];

    // A prologue that belongs to no statement, a statement at 0 and one at 12.
    private static byte[] Lines(ulong id) =>
        [.. BitConverter.GetBytes(id), .. new byte[8], 0, 3, 0, .. TraceBytes.Int32(-2), .. TraceBytes.Int32(0), .. TraceBytes.Int32(12), .. TraceBytes.Int32(0), .. TraceBytes.Int32(0), .. TraceBytes.Int32(0x18)];
}
