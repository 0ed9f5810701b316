using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Tests.Stacks;

public sealed class DotNetSymbolTests
{
    [Theory]
    [InlineData("Shop.Cart.Load", "Shop.Cart.Load")]
    [InlineData("Shop.Cart.<Load>d__3.MoveNext", "Shop.Cart.Load")]
    [InlineData("Shop.Cart+<Load>d__3.MoveNext", "Shop.Cart.Load")]
    [InlineData("Shop.Cart+<>c.<Load>b__5_0", "Shop.Cart.Load")]
    [InlineData("Shop.Cart+<>c__DisplayClass5_0.<Load>b__0", "Shop.Cart.Load")]
    [InlineData("Shop.Cart+<>c__DisplayClass5_0+<<Load>b__0>d.MoveNext", "Shop.Cart.Load")]
    [InlineData("Shop.Cart.<Load>g__Read|3_0", "Shop.Cart.Load")]
    [InlineData("Shop.Cart.Load.lambda.lambda", "Shop.Cart.Load")]
    [InlineData("Program.<Main>$", "Program.Main")]
    [InlineData("Shop.Cart..ctor", "Shop.Cart..ctor")]
    [InlineData("Broken.<", "Broken.<")]
    [InlineData("Broken.<Load", "Broken.<Load")]
    public void What_the_compiler_took_apart_belongs_to_the_method_it_was_written_in(string compiled, string method)
    {
        Assert.Equal(method, DotNetSymbol.Enclosing(compiled));
    }

    [Theory]
    [InlineData("System.Collections.Generic.List`1[[Shop.Order, Shop]]", "System.Collections.Generic.List")]
    [InlineData("System.Collections.Generic.Dictionary<System.String,System.Int32>", "System.Collections.Generic.Dictionary")]
    [InlineData("System.Collections.Concurrent.ConcurrentDictionary`2+Node", "System.Collections.Concurrent.ConcurrentDictionary+Node")]
    [InlineData("System.Byte[]", "System.Byte[]")]
    [InlineData("System.Int32[,]", "System.Int32[,]")]
    [InlineData("Broken`1[[", "Broken")]
    public void A_type_is_known_without_its_arguments(string type, string plain)
    {
        Assert.Equal(plain, DotNetSymbol.WithoutTypeArguments(type));
    }
}
