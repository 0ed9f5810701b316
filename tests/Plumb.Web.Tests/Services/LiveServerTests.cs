using System.Net;
using System.Text.Json;
using Plumb.Web.Live;
using Plumb.Web.Services;

namespace Plumb.Web.Tests.Services;

public sealed class LiveServerTests : IAsyncLifetime, IDisposable
{
    private readonly TaskCompletionSource<LiveCapture> _profile = new();
    private readonly TaskCompletionSource<CancellationToken> _asked = new();
    private LiveSession _session = null!;
    private WebServer _server = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _session = new LiveSession("shop:6060")
        {
            CaptureKinds = [new CaptureKind("heap", "heap, live", 0)],
            Capture = (_, cancellation) =>
            {
                _asked.TrySetResult(cancellation);
                return _profile.Task.WaitAsync(cancellation);
            },
        };
        _server = await TestServices.ServeAsync(new ServiceSite { Title = "shop:6060", Live = _session });
        _client = new HttpClient { BaseAddress = _server.Address };
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_capture_is_taken_once_at_a_time_and_told()
    {
        Task<HttpResponseMessage> first = CaptureAsync("heap");
        await _asked.Task;
        using HttpResponseMessage second = await CaptureAsync("heap");
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);

        _profile.SetResult(new LiveCapture("capture-1", "heap at 08:00"));
        using HttpResponseMessage taken = await first;
        Assert.Equal("capture-1", (await JsonAsync(taken)).GetProperty("name").GetString());
        JsonElement told = Assert.Single((await JsonAsync("api/live")).GetProperty("events").EnumerateArray());
        Assert.Equal(("capture", "capture-1"), (told.GetProperty("kind").GetString(), told.GetProperty("profile").GetString()));
    }

    [Fact]
    public async Task A_capture_that_fails_says_why_and_what_to_do()
    {
        _profile.SetException(new LiveCaptureException("status 404", "Choose another kind."));
        using HttpResponseMessage failed = await CaptureAsync("heap");

        Assert.Equal(HttpStatusCode.BadGateway, failed.StatusCode);
        JsonElement answer = await JsonAsync(failed);
        Assert.Equal(("status 404", "Choose another kind."), (answer.GetProperty("error").GetString(), answer.GetProperty("remedy").GetString()));
    }

    [Fact]
    public async Task A_page_that_goes_away_takes_its_capture_back()
    {
        using var gone = new CancellationTokenSource();
        Task<HttpResponseMessage> capture = CaptureAsync("heap", gone.Token);
        CancellationToken cancellation = await _asked.Task;
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => capture);
        await Task.Delay(Timeout.Infinite, cancellation).WaitAsync(TimeSpan.FromMinutes(2)).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.True(cancellation.IsCancellationRequested);
    }

    [Theory]
    [InlineData("")]
    [InlineData("profile?seconds=600")]
    [InlineData("../heap")]
    [InlineData("HEAP")]
    public async Task Only_what_is_offered_can_be_captured(string kind)
    {
        using HttpResponseMessage refused = await CaptureAsync(kind);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.False(_asked.Task.IsCompleted);
    }

    [Theory]
    [InlineData("api/live")]
    [InlineData("api/live?since=0")]
    public async Task Nothing_is_answered_without_the_key(string route)
    {
        using HttpResponseMessage response = await _client.GetAsync(new Uri($"{_server.Address.GetLeftPart(UriPartial.Authority)}/{route}"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync(new Uri(route, UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Nobody_but_the_page_captures()
    {
        using HttpResponseMessage response = await _client.PostAsync(new Uri("api/live/capture?kind=heap", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(_asked.Task.IsCompleted);
    }

    private async Task<HttpResponseMessage> CaptureAsync(string kind, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"api/live/capture?kind={Uri.EscapeDataString(kind)}", UriKind.Relative));
        request.Headers.Add("X-Plumb-Token", await _client.GetStringAsync(new Uri("api/token", UriKind.Relative), CancellationToken.None));
        return await _client.SendAsync(request, cancellation);
    }

    private async Task<JsonElement> JsonAsync(string address) => JsonDocument.Parse(await _client.GetStringAsync(new Uri(address, UriKind.Relative))).RootElement;

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response) => JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
}
