using Plumb.Web.Serving;

namespace Plumb.Web.Tests;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData(":8081", "localhost", 8081, true)]
    [InlineData("localhost:", "localhost", 0, true)]
    [InlineData(":", "localhost", 0, true)]
    [InlineData("127.0.0.1:80", "127.0.0.1", 80, true)]
    [InlineData("[::1]:80", "::1", 80, true)]
    [InlineData("0.0.0.0:8081", "0.0.0.0", 8081, false)]
    [InlineData("shop.example:8081", "shop.example", 8081, false)]
    public void A_host_and_a_port_of_which_either_may_be_missing(string text, string host, int port, bool isLocal)
    {
        ListenAddress address = ListenAddress.Parse(text);

        Assert.Equal(new ListenAddress(host, port), address);
        Assert.Equal(isLocal, address.IsLocal);
    }

    [Theory]
    [InlineData("8081")]
    [InlineData("localhost:http")]
    [InlineData(":65536")]
    [InlineData(":-1")]
    public void Anything_else_is_refused(string text) => Assert.Throws<FormatException>(() => ListenAddress.Parse(text));
}
