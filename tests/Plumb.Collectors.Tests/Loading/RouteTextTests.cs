using Plumb.Collectors.Loading.Requests;

namespace Plumb.Collectors.Tests.Loading;

public sealed class RouteTextTests
{
    private static readonly Uri s_service = new("http://shop:8080/api/");

    [Fact]
    public void A_line_is_a_path_or_an_address_with_its_method_before_it()
    {
        IReadOnlyList<Route> routes = Parse("# the shop\r\n/users/{n}\nPOST   /orders?x=1\n\nGET http://other/x\n/users/{n}\n");
        Assert.Equal(["GET /api/users/{n}", "POST /api/orders?x=1", "GET /x"], routes.Select(route => route.Name));
        Assert.Equal(["GET http://shop:8080/api/users/{n}", "POST http://shop:8080/api/orders?x=1", "GET http://other/x"], routes.Select(route => route.Requests[0].Name));
        Assert.Equal([true, false, true], routes.Select(route => route.IsSafe));
    }

    [Fact]
    public void Curl_commands_are_routes_too() =>
        Assert.Equal(["POST /orders"], Parse("curl http://shop/orders -d x").Select(route => route.Name));

    [Theory]
    [InlineData("", "")]
    [InlineData("/ok\nGET /a /b", "line 2")]
    [InlineData("users", "line 1")]
    [InlineData("G{}T /x", "line 1")]
    [InlineData("ftp://x/", "line 1")]
    public void What_is_no_route_is_refused_with_its_line(string text, string place)
    {
        var wrong = Assert.Throws<RequestFormatException>(() => Parse(text));
        Assert.Equal(place, wrong.Place);
        Assert.Contains("one route to a line", wrong.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_of_a_log_that_differ_in_an_id_only_are_one_route()
    {
        string Line(string target) => $"1.2.3.4 - - [x] \"GET {target} HTTP/1.1\" 200 5\n";
        string log = Line("/users/1") + Line("/users/2?full=1") + Line("/users/2?full=1") + Line("/health") + Line("/files/0f8fad5b-d9cb-469f-a165-70867728950e")
            + Line("/files/7c9e6679-7425-40de-944b-e07fc1f90ae7") + Line("/c/deadbeef01") + Line("/v2/x{n}");
        IReadOnlyList<Route> routes = LogRoutes.Of(AccessLogText.Read(new StringReader(log), false, CancellationToken.None), s_service);
        Assert.Equal(["GET /users/{id}", "GET /files/{id}", "GET /c/{id}", "GET /health", "GET /v2/x{n}"], routes.Select(route => route.Name));
        Assert.Equal([2, 2, 1, 1, 1], routes.Select(route => route.Requests.Count));
        Assert.Equal("/api/users/2?full=1", routes[0].Requests[0].Target.Render(9));
        // What a log says is literal.
        Assert.Equal("/api/v2/x%7Bn%7D", routes[4].Requests[0].Target.Render(9));
    }

    private static IReadOnlyList<Route> Parse(string text) => RouteText.Parse(text, s_service, _ => ReadOnlyMemory<byte>.Empty);
}
