using System.Text;
using Plumb.Collectors.Loading.Requests;

namespace Plumb.Collectors.Tests.Loading;

public sealed class CurlTextTests
{
    [Theory]
    [InlineData("curl http://a/x", "GET http://a/x", "", null)]
    [InlineData("curl a:8080/x?y=1", "GET http://a:8080/x?y=1", "", null)]
    [InlineData("curl -I --url=http://a/", "HEAD http://a/", "", null)]
    [InlineData("curl -sSXDELETE 'http://a/x y'", "DELETE http://a/x%20y", "", null)]
    [InlineData("curl http://a/ -d a=1 --data 'b=2'", "POST http://a/", "Content-Type: application/x-www-form-urlencoded", "a=1&b=2")]
    [InlineData("curl http://a/ --data-urlencode 'q=a b&c'", "POST http://a/", "Content-Type: application/x-www-form-urlencoded", "q=a%20b%26c")]
    [InlineData("curl -G http://a/?z=0 -d a=1", "GET http://a/?z=0&a=1", "", null)]
    [InlineData("curl http://a/ --json '{\"n\":{n}}'", "POST http://a/", "Accept: application/json|Content-Type: application/json", "{\"n\":5}")]
    [InlineData("curl http://a/ -H 'X: {n}' -H \"Y: a\\\"b\" -A me -e http://r/ -b c=d -u ann:pw --compressed", "GET http://a/",
        "X: 5|Y: a\"b|User-Agent: me|Referer: http://r/|Cookie: c=d|Authorization: Basic YW5uOnB3|Accept-Encoding: deflate, gzip, br, zstd", null)]
    [InlineData("curl 'http://a/' \\\n  -X PUT \\\r\n  --data-raw $'it\\'s\\n\\u00e4 \\x41' # comment", "PUT http://a/", "Content-Type: application/x-www-form-urlencoded", "it's\nä A")]
    [InlineData("curl http://a/ -H 'Connection: keep-alive' -H 'Content-Length: 7' -m 5 -o/dev/null", "GET http://a/", "", null)]
    public void A_command_means_what_curl_would_send(string command, string name, string headers, string? body)
    {
        RequestTemplate request = Assert.Single(CurlText.Parse(command, NoFile));
        Assert.Equal(name, request.Name);
        Assert.Equal(headers, string.Join('|', request.Headers.Select(header => $"{header.Name}: {header.Value.Render(5)}")));
        Assert.Equal(body, request.Body?.Render(5));
    }

    [Fact]
    public void A_file_holds_many_commands_and_a_command_many_addresses() =>
        Assert.Equal(
            ["GET http://a/1", "GET http://a/2", "POST http://b/"],
            CurlText.Parse("# both\ncurl http://a/1 http://a/2\n\ncurl -d x http://b/; ", NoFile).Select(request => request.Name));

    [Theory]
    [InlineData("wget http://a/", "line 1", "not curl")]
    [InlineData("curl http://a/\n\ncurl http://a/ | sh", "line 3", "a shell would act")]
    [InlineData("curl http://a/$(id)", "line 1", "a shell would act")]
    [InlineData("curl \"http://a/$HOME\"", "line 1", "expanded")]
    [InlineData("curl http://a/ `id`", "line 1", "a shell would act")]
    [InlineData("curl http://a/?x=1&y=2", "line 1", "a shell would act")]
    [InlineData("curl\n\ncurl http://a/", "line 1", "no address")]
    [InlineData("curl x\ncurl 'http://a/", "line 2", "never closed")]
    [InlineData("curl http://a/ -L", "line 1", "redirects")]
    [InlineData("curl http://a/ -F a=b", "line 1", "multipart")]
    [InlineData("curl http://a/ --unknown", "line 1", "--unknown")]
    [InlineData("curl http://a/ -H", "line 1", "lacks its value")]
    [InlineData("curl http://a/ -H nocolon", "line 1", "no header")]
    [InlineData("curl http://a/ -b cookies.txt", "line 1", "cookies")]
    [InlineData("curl file:///etc/passwd", "line 1", "not an http")]
    [InlineData("curl http://a/ -d @/etc/passwd", "", "not here")]
    [InlineData("curl http://a/ -H $'X: a\\r\\nY: b'", "line 1", "end of a line")]
    [InlineData("", "", "no curl command")]
    [InlineData("curl http://a/ \\", "line 1", "backslash")]
    public void What_a_load_cannot_or_must_not_do_is_refused_with_its_line_and_a_remedy(string text, string place, string problem)
    {
        var wrong = Assert.Throws<RequestFormatException>(() => CurlText.Parse(text, NoFile));
        Assert.Equal(place, wrong.Place);
        Assert.Contains(problem, wrong.Message, StringComparison.Ordinal);
        Assert.NotEmpty(wrong.Remedy);
    }

    [Fact]
    public void A_body_from_a_file_is_sent_as_it_is()
    {
        RequestTemplate request = Assert.Single(CurlText.Parse("curl http://a/ --data-binary @b.json", name => Encoding.UTF8.GetBytes($"{name} {{n}}\n")));
        Assert.Equal("b.json {n}\n", request.Body!.Render(5));
    }

    [Fact]
    public void Any_text_at_all_gives_requests_or_an_error_with_a_remedy()
    {
        const string Seed = "curl -X POST 'http://a/{n}' -H \"A: b\" $'\\u00e4\\x' \\\n --json '{}' ; curl --data-urlencode a=b -G x # y\n-sSfL @ & `\\";
        var random = new Random(5);
        for (int i = 0; i < 3000; i++)
        {
            char[] text = [.. Enumerable.Range(0, random.Next(120)).Select(_ => Seed[random.Next(Seed.Length)])];
            try
            {
                CurlText.Parse("curl " + new string(text), NoFile);
            }
            catch (RequestFormatException wrong)
            {
                Assert.NotEmpty(wrong.Remedy);
            }
        }
    }

    private static ReadOnlyMemory<byte> NoFile(string name) => throw new RequestFormatException("", $"{name} is not here", "Put it there.");
}
