using Plumb.Collectors.Loading.Requests;

namespace Plumb.Collectors.Tests.Loading;

public sealed class RequestTemplateTests
{
    [Fact]
    public void The_number_of_the_request_stands_where_n_is()
    {
        RequestTemplate request = Make("GET", "http://shop:8080/users/{n}?page={n}&q=ä b");
        Assert.Equal("/users/42?page=42&q=%C3%A4%20b", request.Target.Render(42));
        Assert.Equal("http://shop:8080/", request.Origin.AbsoluteUri);
        Assert.Equal("GET http://shop:8080/users/{n}?page={n}&q=%C3%A4%20b", request.Name);
    }

    [Fact]
    public void Each_request_has_a_uuid_of_its_own()
    {
        TextTemplate template = TextTemplate.Parse("id={uuid}");
        Assert.True(Guid.TryParse(template.Render(1)[3..], out Guid first));
        Assert.NotEqual(first.ToString(), template.Render(2)[3..]);
    }

    [Fact]
    public void Random_numbers_keep_to_their_bounds_and_reach_both()
    {
        TextTemplate template = TextTemplate.Parse("{random:3-5}");
        Assert.Equal(["3", "4", "5"], Enumerable.Range(0, 500).Select(i => template.Render(i)).Distinct().Order());
        Assert.InRange(long.Parse(TextTemplate.Parse("{random}").Render(1), System.Globalization.CultureInfo.InvariantCulture), 0, int.MaxValue);
    }

    [Theory]
    [InlineData("""{"name":"n","tags":{"a":{}},"n":{n}""", """{"name":"n","tags":{"a":{}},"n":7""")]
    [InlineData("{random:9-1} {N} {uuid:1-2} {} {{n}}", "{random:9-1} {N} {uuid:1-2} {} {7}")]
    public void Any_other_brace_is_a_brace(string text, string expected) => Assert.Equal(expected, TextTemplate.Parse(text).Render(7));

    [Fact]
    public void Credentials_in_the_address_become_a_header_and_are_not_shown()
    {
        RequestTemplate request = Make("GET", "http://ann:s%3Acret@shop/x");
        Assert.Equal("GET http://shop/x", request.Name);
        Assert.Equal("Basic " + Convert.ToBase64String("ann:s:cret"u8), Assert.Single(request.Headers).Value.Render(1));
    }

    [Theory]
    [InlineData("GE T", "http://a/", "", "")]
    [InlineData("CONNECT", "http://a/", "", "")]
    [InlineData("GET", "ftp://a/", "", "")]
    [InlineData("GET", "/relative", "", "")]
    [InlineData("GET", "http://shop-{n}/", "", "")]
    [InlineData("GET", "http://a/", "Bad Name", "x")]
    [InlineData("GET", "http://a/", "X", "a\r\nInjected: yes")]
    [InlineData("GET", "http://a/", "Content-Length", "5")]
    [InlineData("GET", "http://a/", "transfer-encoding", "chunked")]
    public void What_could_break_the_framing_or_leave_the_host_is_refused(string method, string address, string name, string value)
    {
        Assert.False(RequestTemplate.TryCreate(method, address, name.Length == 0 ? [] : [(name, value)], null, out _, out string? problem));
        Assert.NotEmpty(problem);
    }

    private static RequestTemplate Make(string method, string address)
    {
        Assert.True(RequestTemplate.TryCreate(method, address, [], null, out RequestTemplate? request, out string? problem), problem);
        return request;
    }
}
