using System.Text;
using Plumb.Collectors.Loading.Requests;

namespace Plumb.Collectors.Tests.Loading;

public sealed class OpenApiRoutesTests
{
    private static readonly Uri s_service = new("http://localhost:8080");

    [Fact]
    public void Operations_become_routes_with_the_document_s_examples()
    {
        IReadOnlyList<Route> routes = Parse("""
            {
              "openapi": "3.1.0",
              "servers": [{"url": "https://evil.example/v1/"}],
              "paths": {
                "/users/{id}/posts/{slug}": {
                  "parameters": [{"$ref": "#/components/parameters/Id"}],
                  "get": {"parameters": [
                    {"name": "slug", "in": "path", "schema": {"type": "string"}, "example": "a b/c"},
                    {"name": "page", "in": "query", "required": true, "schema": {"type": "integer", "default": 3}},
                    {"name": "skip", "in": "query", "schema": {"type": "integer"}},
                    {"name": "X-Tenant", "in": "header", "required": true, "schema": {"enum": ["red", "blue"]}}]}
                },
                "/when/{day}/{uuid}/{nothing}": {"get": {"parameters": [
                    {"name": "day", "in": "path", "schema": {"type": ["null", "string"], "format": "date"}},
                    {"name": "uuid", "in": "path", "schema": {"$ref": "#/components/schemas/Key"}}]}},
                "/orders": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}}}}
              },
              "components": {
                "parameters": {"Id": {"name": "id", "in": "path", "required": true, "schema": {"type": "integer", "minimum": 10}}},
                "schemas": {
                  "Key": {"type": "string", "format": "uuid"},
                  "Order": {"type": "object", "properties": {
                    "id": {"type": "integer"}, "tags": {"type": "array", "items": {"type": "string", "example": "new"}}, "again": {"$ref": "#/components/schemas/Order"}}}
                }
              }
            }
            """);
        Assert.Equal(["GET /users/{id}/posts/{slug}", "GET /when/{day}/{uuid}/{nothing}", "POST /orders"], routes.Select(route => route.Name));
        RequestTemplate first = routes[0].Requests[0];
        // The host is the user's; of the document's server only the path is taken.
        Assert.Equal(("http://localhost:8080/", "/v1/users/10/posts/a%20b%2Fc?page=3"), (first.Origin.AbsoluteUri, first.Target.Render(1)));
        Assert.Equal("X-Tenant: red", Assert.Single(first.Headers) is var header ? $"{header.Name}: {header.Value.Render(1)}" : "");
        Assert.Equal("/v1/when/2026-01-01/00000000-0000-4000-8000-000000000001/1", routes[1].Requests[0].Target.Render(1));
        Assert.StartsWith("""{"id":1,"tags":["new"],"again":{"id":1""", routes[2].Requests[0].Body!.Render(1), StringComparison.Ordinal);
        Assert.False(routes[2].IsSafe);
    }

    [Theory]
    [InlineData("openapi: 3.0.0", "line 1", "not JSON", "YAML")]
    [InlineData("{\"a\":1,\n\"b\":}", "line 2", "not JSON", "YAML")]
    [InlineData("{\"swagger\":\"2.0\"}", "", "Swagger 2.0", "OpenAPI 3")]
    [InlineData("[]", "", "something else", "OpenAPI 3")]
    [InlineData("{\"openapi\":\"3.0.0\",\"paths\":{}}", "paths", "no operation", "whole document")]
    [InlineData("{\"openapi\":\"3.0.0\",\"paths\":{\"/x\":{\"$ref\":\"other.json\"}}}", "$ref", "leads nowhere", "one file")]
    [InlineData("{\"openapi\":\"3.0.0\",\"paths\":{\"/x\":{\"get\":{\"parameters\":[{\"name\":\"A\",\"in\":\"header\",\"required\":true,\"example\":\"a\\r\\nB: c\"}]}}}}", "paths, /x, GET", "end of a line", "example")]
    public void What_is_no_such_document_is_refused_with_place_and_remedy(string text, string place, string problem, string remedy)
    {
        var wrong = Assert.Throws<RequestFormatException>(() => Parse(text));
        Assert.Equal(place, wrong.Place);
        Assert.Contains(problem, wrong.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, wrong.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Schemas_that_hold_each_other_do_not_grow_without_bound()
    {
        string properties = string.Join(',', Enumerable.Range(0, 40).Select(i => $"\"p{i}\":{{\"$ref\":\"#/components/schemas/A\"}}"));
        Route route = Assert.Single(Parse("""
            {"openapi":"3.0.0","paths":{"/x":{"post":{"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}}}}},
             "components":{"schemas":{"A":{"type":"object","properties":{PROPERTIES}},"Loop":{"$ref":"#/components/schemas/Loop"}}}}
            """.Replace("PROPERTIES", properties, StringComparison.Ordinal)));
        Assert.InRange(route.Requests[0].Body!.Render(1).Length, 1000, 200_000);
    }

    [Fact]
    public void Any_change_of_a_document_gives_routes_or_an_error_with_a_remedy()
    {
        const string Seed = """{"openapi":"3.0.0","servers":[{"url":"/v1"}],"paths":{"/x/{id}":{"get":{"parameters":[{"name":"id","in":"path","schema":{"type":"integer","minimum":1}}]},"post":{"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/s"}}}}}}},"s":{"type":"array","items":{"$ref":"#/s"}}}""";
        var random = new Random(11);
        for (int i = 0; i < 3000; i++)
        {
            char[] text = Seed.ToCharArray();
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                text[random.Next(text.Length)] = Seed[random.Next(Seed.Length)];
            }

            try
            {
                Parse(new string(text));
            }
            catch (RequestFormatException wrong)
            {
                Assert.NotEmpty(wrong.Remedy);
            }
        }
    }

    private static IReadOnlyList<Route> Parse(string json) => OpenApiRoutes.Parse(Encoding.UTF8.GetBytes(json), s_service);
}
