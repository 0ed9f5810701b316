using Plumb.Web.Serving;

namespace Plumb.Web.Tests;

public sealed class ViewCacheTests
{
    [Fact]
    public void What_was_not_asked_for_longest_makes_room()
    {
        var cache = new ViewCache(maxBytes: 10);
        cache.Add("a", Of(4));
        cache.Add("b", Of(4));
        Assert.NotNull(cache.Find("a"));
        cache.Add("c", Of(4));

        Assert.NotNull(cache.Find("a"));
        Assert.Null(cache.Find("b"));
        Assert.NotNull(cache.Find("c"));
    }

    [Fact]
    public void What_is_too_large_is_not_kept()
    {
        var cache = new ViewCache(maxBytes: 10);
        cache.Add("small", Of(4));
        cache.Add("large", Of(11));

        Assert.NotNull(cache.Find("small"));
        Assert.Null(cache.Find("large"));
    }

    private static Answer Of(int bytes) => new(Answer.Bytes, new byte[bytes]);
}
