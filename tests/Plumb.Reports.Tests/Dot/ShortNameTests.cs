using Plumb.Reports.Dot;

namespace Plumb.Reports.Tests.Dot;

public sealed class ShortNameTests
{
    public static TheoryData<string, string> Names => new()
    {
        { "example.org/shop/cart.(*Cart).Add", "cart.(*Cart).Add" },
        { "example.org/shop/v2/cart.Add", "cart.Add" },
        { "example.org/shop/v2.Add", "shop.Add" },
        { "com.example.shop.Cart.add(int)", "Cart.add" },
        { "com.example.shop.Cart.<init>", "Cart.<init>" },
        { "shop::cart::Cart::add<std::vector<int>>", "Cart::add<std::vector<int>>" },
        { "(anonymous namespace)::shop::Cart::add", "Cart::add" },
        { "main", "main" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void What_every_name_of_a_program_starts_with_is_left_out(string name, string expected) => Assert.Equal(expected, ShortName.Of(name));

    // Longer names are matched by another engine.
    [Theory]
    [InlineData("example.org/shop/cart.", "cart.")]
    [InlineData("example.org/shop/v2/cart.", "cart.")]
    [InlineData("com.example.shop.Cart.add", "Cart.add")]
    [InlineData("shop::cart::Cart::add", "Cart::add")]
    [InlineData("main", "main")]
    public void A_long_name_is_shortened_as_a_short_one_is(string name, string expected)
    {
        string tail = new('x', 5000);

        Assert.Equal(expected + tail, ShortName.Of(name + tail));
    }

    // Each of these is one that backtracking takes minutes for.
    [Theory]
    [InlineData("a/", "")]
    [InlineData("a.", "A")]
    [InlineData("a::", "_")]
    [InlineData("a/v2", "")]
    public async Task A_name_that_was_made_to_be_slow_is_not(string part, string end)
    {
        string name = string.Concat(Enumerable.Repeat(part, 50_000)) + end;

        Assert.NotEmpty(await Task.Run(() => ShortName.Of(name)).WaitAsync(TimeSpan.FromSeconds(60)));
    }
}
