using Plumb.Runtime.Naming;

namespace Plumb.Runtime.Tests.Naming;

public sealed class CompilerNamesTests
{
    [Theory]
    [InlineData("Shop.Cart", "Add", "Shop.Cart.Add")]
    [InlineData("Shop.Cart+Line", "get_Price", "Shop.Cart.Line.get_Price")]
    [InlineData("Shop.Cache`2", "Put", "Shop.Cache.Put")]
    [InlineData("Shop.Cart", ".ctor", "Shop.Cart.ctor")]
    [InlineData("Shop.Cart", "System.IDisposable.Dispose", "Shop.Cart.Dispose")]
    [InlineData("Program", "<Main>$", "Program.Main")]
    [InlineData("Shop.Cart+<AddAsync>d__7", "MoveNext", "Shop.Cart.AddAsync")]
    [InlineData("Shop.Cart+<AddAsync>d__7`1", "MoveNext", "Shop.Cart.AddAsync")]
    [InlineData("Shop.Cart+<Lines>d__3", "Dispose", "Shop.Cart.Lines.Dispose")]
    [InlineData("Shop.Cart+<>c", "<Add>b__3_0", "Shop.Cart.Add.lambda")]
    [InlineData("Shop.Cart+<>c__DisplayClass4_0", "<Add>b__0", "Shop.Cart.Add.lambda")]
    [InlineData("Shop.Cart", "<Add>g__Sum|5_0", "Shop.Cart.Add.Sum")]
    [InlineData("Program+<>c", "<<Main>$>b__0_2", "Program.Main.lambda")]
    [InlineData("Program", "<<Main>$>g__Serve|0_1", "Program.Main.Serve")]
    [InlineData("Shop.Cart+<<Add>g__Work|0_0>d", "MoveNext", "Shop.Cart.Add.Work")]
    [InlineData("Shop.Cart+<>c+<<Add>b__0_0>d", "MoveNext", "Shop.Cart.Add.lambda")]
    [InlineData("Shop.Cart", "<odd", "Shop.Cart.<odd")]
    [InlineData("Shop.Ring`1", "MoveNext", "Shop.Ring.MoveNext")]
    public void A_method_is_named_as_its_author_wrote_it(string types, string method, string expected) =>
        Assert.Equal(expected, CompilerNames.Of(types.Split('+'), method));
}
