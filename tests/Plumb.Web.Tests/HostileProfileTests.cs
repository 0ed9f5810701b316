using System.Net;
using System.Text.Json;
using Plumb.Profiles;

namespace Plumb.Web.Tests;

/// <summary>What the server says of hostile profiles, whoever asks.</summary>
public sealed class HostileProfileTests
{
    private static readonly string[] Views =
    [
        "api/profile", "api/flame", "api/flame?trim=false", "api/top", "api/graph", "api/peek?symbol=.", "api/source?symbol=.", "api/tree", "api/traces", "api/tags", "api/raw",
        "api/comments", "api/export/proto", "api/export/folded",
    ];

    // Whatever the texts are, an answer is data of a declared type that no browser may take for a page.
    [Fact]
    public async Task No_view_of_hostile_texts_is_markup_or_a_file_of_this_machine()
    {
        await using WebServer server = await TestProfiles.ServeAsync(HostileProfiles.Texts);
        using var client = new HttpClient { BaseAddress = server.Address };
        foreach (string view in Views)
        {
            using HttpResponseMessage response = await client.GetAsync(new Uri(view, UriKind.Relative));
            string? type = response.Content.Headers.ContentType?.MediaType;
            string body = await response.Content.ReadAsStringAsync();

            Assert.True(type is "application/json" or "text/plain" or "application/octet-stream", $"{view}: {type}");
            Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
            Assert.True(type is not "application/json" || !body.Contains('<', StringComparison.Ordinal), view);
            Assert.DoesNotContain("root:", body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("sizes")]
    [InlineData("values")]
    [InlineData("empty")]
    public async Task Every_view_of_it_is_answered_or_refused_with_a_reason(string kind)
    {
        await using WebServer server = await TestProfiles.ServeAsync(Profile(kind));
        using var client = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(4) };
        foreach (string view in Views)
        {
            using HttpResponseMessage response = await client.GetAsync(new Uri(view, UriKind.Relative));
            if (response.StatusCode != HttpStatusCode.OK)
            {
                Assert.Equal((view, HttpStatusCode.BadRequest), (view, response.StatusCode));
                Assert.NotEqual("", JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetString());
            }
        }
    }

    private static Profile Profile(string kind) => kind switch
    {
        "sizes" => HostileProfiles.Sizes,
        "values" => HostileProfiles.Values,
        _ => HostileProfiles.Empty,
    };
}
