using Plumb.Collectors.Loading.Requests;

namespace Plumb.Collectors.Tests.Loading;

public sealed class AccessLogTextTests
{
    [Theory]
    [InlineData("""127.0.0.1 - ann [10/Oct/2000:13:55:36 -0700] "GET /a?b=1 HTTP/1.0" 200 2326""", "GET /a?b=1")]
    [InlineData("""1.2.3.4 - - [10/Oct/2026:13:55:36 +0000] "HEAD /x HTTP/2.0" 200 5 "http://r/" "Mozilla/5.0 \"quoted\"" """, "HEAD /x")]
    [InlineData("""shop.example:443 1.2.3.4 "odd field" "GET /y HTTP/1.1" 200 5""", "GET /y")]
    [InlineData("""1.2.3.4 - - [x] "GET http://shop/abs?q=1 HTTP/1.1" 200 5""", "GET /abs?q=1")]
    [InlineData("""{"time":"x","request":"GET /nginx HTTP/1.1","status":200}""", "GET /nginx")]
    [InlineData("""{"request_method":"GET","request_uri":"/vars?x=1"}""", "GET /vars?x=1")]
    [InlineData("""{"level":"info","request":{"method":"GET","uri":"/caddy","host":"h"}}""", "GET /caddy")]
    [InlineData("""{"RequestMethod":"GET","RequestPath":"/traefik"}""", "GET /traefik")]
    [InlineData("""{"httpRequest":{"requestMethod":"GET","url":"https://h/cloud?z"},"path":"/p"}""", "GET /cloud?z")]
    public void A_line_of_every_usual_format_names_its_request(string line, string expected)
    {
        AccessLogEntry entry = Assert.Single(Read(line).Entries);
        Assert.Equal(expected, $"{entry.Method} {entry.Target}");
    }

    [Fact]
    public void Requests_are_counted_and_the_most_frequent_comes_first()
    {
        AccessLog log = Read(string.Concat(Enumerable.Repeat(Line("GET /often"), 5)) + Line("GET /once") + "\r\n# comment\n" + Line("POST /pay") + "garbage\n");
        Assert.Equal(["/often 5", "/once 1"], log.Entries.Select(entry => $"{entry.Target} {entry.Count}"));
        Assert.Equal(6, log.Lines);
        Assert.Contains(log.Notes, note => note.Contains("1 lines", StringComparison.Ordinal) && note.Contains("line 10", StringComparison.Ordinal));
        Assert.Contains(log.Notes, note => note.Contains("may change something", StringComparison.Ordinal));
    }

    [Fact]
    public void Requests_that_may_change_something_are_taken_only_when_asked_for()
    {
        Assert.Throws<RequestFormatException>(() => Read(Line("POST /pay")));
        Assert.Equal("POST", Assert.Single(AccessLogText.Read(new StringReader(Line("POST /pay")), includeUnsafe: true, CancellationToken.None).Entries).Method);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing here\nnor here\n")]
    [InlineData("1.2.3.4 \"GET relative HTTP/1.1\" 200")]
    [InlineData("1.2.3.4 \"get /x HTTP/1.1\" 200")]
    [InlineData("1.2.3.4 \"GET /\u001b[2J HTTP/1.1\" 200")]
    [InlineData("{\"method\":\"GET\",\"path\":\"/\\ud800\"")]
    [InlineData("{\"method\":\"GET\",\"path\":17}")]
    [InlineData("\"GET /never closed HTTP/1.1")]
    public void A_log_without_a_request_is_refused_with_what_can_be_read(string text)
    {
        var wrong = Assert.Throws<RequestFormatException>(() => Read(text));
        Assert.Contains("JSON lines", wrong.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Ever_new_requests_and_endless_lines_do_not_fill_the_memory()
    {
        IEnumerable<string> lines = Enumerable.Range(0, RequestLimits.MaxRequests + 500).Select(i => Line($"GET /{i}")).Append("GET /" + new string('x', 1 << 20) + "\n");
        AccessLog log = Read(string.Concat(lines));
        Assert.Equal(RequestLimits.MaxRequests, log.Entries.Count);
        Assert.Contains(log.Notes, note => note.StartsWith("500 requests", StringComparison.Ordinal));
        Assert.Contains(log.Notes, note => note.StartsWith("1 lines", StringComparison.Ordinal));
    }

    private static string Line(string request) => $"127.0.0.1 - - [10/Oct/2026:13:55:36 +0000] \"{request} HTTP/1.1\" 200 2326\n";

    private static AccessLog Read(string text) => AccessLogText.Read(new StringReader(text), includeUnsafe: false, CancellationToken.None);
}
