using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Tests.Stacks;

public sealed class GoSymbolTests
{
    [Theory]
    [InlineData("main.main", "main.main", "main")]
    [InlineData("net/http.(*conn).serve", "net/http.(*conn).serve", "net/http")]
    [InlineData("gopkg.in/redis%2ev5.(*Client).Get", "gopkg.in/redis.v5.(*Client).Get", "gopkg.in/redis.v5")]
    [InlineData("gopkg.in/redis%2ev5/internal/pool.NewConnPool", "gopkg.in/redis.v5/internal/pool.NewConnPool", "gopkg.in/redis.v5/internal/pool")]
    [InlineData("main.Map[go.shape.int,go.shape.string]", "main.Map", "main")]
    [InlineData("main.(*List[...]).Push", "main.(*List).Push", "main")]
    [InlineData("shop/cart.Items[go.shape.struct { a/b.X int }].Add", "shop/cart.Items.Add", "shop/cart")]
    [InlineData("_cgo_export", "_cgo_export", "")]
    [InlineData("", "", "")]
    public void A_symbol_is_read_as_people_write_it(string symbol, string function, string package)
    {
        Assert.Equal((function, package), GoSymbol.Parse(symbol));
    }

    [Theory]
    [InlineData("main.handler", "main.handler")]
    [InlineData("main.handler.func1", "main.handler")]
    [InlineData("main.handler.func1.2", "main.handler")]
    [InlineData("main.(*broker).ask.func1", "main.(*broker).ask")]
    [InlineData("main.(*S).Run-fm", "main.(*S).Run")]
    [InlineData("main.run.func2.gowrap1", "main.run")]
    [InlineData("main.run.deferwrap1", "main.run")]
    [InlineData("main.walk-range1", "main.walk")]
    [InlineData("main.walk.func3-range2", "main.walk")]
    [InlineData("main.init.0", "main.init.0")]
    [InlineData("main.init.0.func1", "main.init.0")]
    [InlineData("main.glob..func1", "main.glob..func1")]
    [InlineData("main.func1", "main.func1")]
    public void A_closure_belongs_to_the_function_it_is_written_in(string function, string holder)
    {
        Assert.Equal(holder, GoSymbol.WithoutClosures(function, "main"));
    }
}
