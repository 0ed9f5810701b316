using System.Reflection;
using System.Runtime.CompilerServices;
using Plumb.Runtime.Naming;

namespace Plumb.Runtime.Tests.Naming;

public sealed class ModuleSymbolsTests
{
    [Fact]
    public void A_method_is_found_with_its_file_and_lines()
    {
        (MethodBase method, int line) = Here();
        using ModuleSymbols symbols = ModuleSymbols.Open(method.Module.FullyQualifiedName)!;

        MethodName name = symbols.Method(method.MetadataToken)!;

        Assert.Equal("Plumb.Runtime.Tests.Naming.ModuleSymbolsTests.Here", name.Name);
        Assert.EndsWith("ModuleSymbolsTests.cs", name.File, StringComparison.Ordinal);
        Assert.Equal(line, symbols.Line(method.MetadataToken, 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x0600_0000)]
    [InlineData(0x06FF_FFFF)]
    [InlineData(0x0200_0002)]
    [InlineData(0x7000_0001)]
    public void A_token_that_no_method_has_gives_no_name(int token)
    {
        using ModuleSymbols symbols = ModuleSymbols.Open(typeof(ModuleSymbolsTests).Assembly.Location)!;

        Assert.Null(symbols.Method(token));
        Assert.Equal(0, symbols.Line(token, 3));
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/proc/self/maps")]
    [InlineData("there/is/no/such.dll")]
    [InlineData("")]
    public void A_file_that_is_no_assembly_has_no_symbols(string path) => Assert.Null(ModuleSymbols.Open(path));

    private static (MethodBase Method, int Line) Here([CallerLineNumber] int unused = 0) => (MethodBase.GetCurrentMethod()!, LineNumber());

    private static int LineNumber([CallerLineNumber] int line = 0) => line;
}
