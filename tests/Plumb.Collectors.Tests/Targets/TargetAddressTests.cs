using Plumb.Collectors.Targets;

namespace Plumb.Collectors.Tests.Targets;

public sealed class TargetAddressTests
{
    [Theory]
    [InlineData("shop:6060", "http://shop:6060/debug/pprof/")]
    [InlineData(":6060", "http://localhost:6060/debug/pprof/")]
    [InlineData("http://shop:6060", "http://shop:6060/debug/pprof/")]
    [InlineData("http://shop:6060/", "http://shop:6060/debug/pprof/")]
    [InlineData("https://shop/debug/pprof", "https://shop/debug/pprof/")]
    [InlineData("http://shop:6060/debug/pprof/", "http://shop:6060/debug/pprof/")]
    [InlineData("http://shop:6060/debug/pprof/heap?gc=1", "http://shop:6060/debug/pprof/")]
    [InlineData("http://gate/shop/debug/pprof/goroutine", "http://gate/shop/debug/pprof/")]
    [InlineData("http://[::1]:6060", "http://[::1]:6060/debug/pprof/")]
    public void What_a_user_writes_leads_to_the_pprof_folder(string text, string expected)
    {
        Assert.True(TargetAddress.TryParse(text, out TargetAddress? address, out _));
        Assert.Equal(expected, address.Candidates[0].AbsoluteUri);
    }

    [Fact]
    public void A_path_prefix_is_tried_before_the_root()
    {
        Assert.True(TargetAddress.TryParse("http://gate/shop", out TargetAddress? address, out _));
        Assert.Equal(["http://gate/shop/debug/pprof/", "http://gate/debug/pprof/"], address.Candidates.Select(uri => uri.AbsoluteUri));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("6060")]
    [InlineData("ftp://shop/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://")]
    [InlineData("http://a b/")]
    public void What_is_no_address_is_explained(string text)
    {
        Assert.False(TargetAddress.TryParse(text, out _, out string? problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void A_bare_port_is_answered_with_what_to_write()
    {
        Assert.False(TargetAddress.TryParse("6060", out _, out string? problem));
        Assert.Contains("localhost:6060", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Userinfo_is_in_no_address()
    {
        Assert.True(TargetAddress.TryParse("http://anna:secret@shop:6060/x", out TargetAddress? address, out _));
        Assert.All([address.Origin, .. address.Candidates], uri => Assert.DoesNotContain("secret", uri.AbsoluteUri, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", address.ToString(), StringComparison.Ordinal);
    }
}
