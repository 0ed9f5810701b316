using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plumb.Profiles;
using Plumb.Profiles.LegacyText;
using Plumb.Profiles.Proto;
using Plumb.Runtime.Tests.Agent;

namespace Plumb.AspNetCore.Tests;

// Over a real socket: what counts is what a tool on the other end sees.
public sealed class PprofEndpointsTests : IAsyncLifetime, IDisposable
{
    private const string NoAgent = "no/such/libplumb-agent.so";
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false });
    private readonly Dictionary<string, string?> _settings = new() { ["Pprof:AgentPath"] = NoAgent };
    private WebApplication? _app;
    private Uri? _root;
    private IPAddress _caller = IPAddress.Loopback;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    public void Dispose() => _client.Dispose();

    [AgentFact]
    public async Task The_heap_is_a_profile_in_which_what_was_kept_stands_by_the_line_that_keeps_it()
    {
        var kept = new List<byte[]>();
        _settings["Pprof:AgentPath"] = AgentFile.Path;
        await StartAsync(app => app.MapGet("/keep", () =>
        {
            for (int i = 0; i < 2_000; i++)
                kept.Add(new byte[20_000]);
        }));
        await GetAsync("/keep");

        using HttpResponseMessage answer = await GetAsync("/debug/pprof/heap?gc=1");
        Profile heap = ProfileDecoder.Decode(await answer.Content.ReadAsByteArrayAsync());

        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["alloc_objects", "alloc_space", "inuse_objects", "inuse_space"], heap.SampleTypes.Select(t => t.Type));
        Assert.InRange(InUse(heap, "lambda"), 32_000_000, 48_000_000);
        Assert.Equal(2_000, kept.Count);
        string text = await _client.GetStringAsync(new Uri(_root!, "/debug/pprof/heap?debug=1"));
        Assert.StartsWith("heap profile: ", text, StringComparison.Ordinal);
        Assert.Contains("# HeapCommitted = ", text, StringComparison.Ordinal);
        Assert.Matches("(?m)^# NextGCBudget = [1-9][0-9]*$", text);
    }

    [Fact]
    public async Task Without_the_agent_the_service_runs_and_the_heap_says_what_is_missing()
    {
        await StartAsync();

        using HttpResponseMessage answer = await GetAsync("/debug/pprof/heap");

        Assert.Equal(HttpStatusCode.NotImplemented, answer.StatusCode);
        Assert.Contains(NoAgent, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/debug/pprof/heap?seconds=301", HttpStatusCode.BadRequest)]
    [InlineData("/debug/pprof/heap?seconds=-1", HttpStatusCode.BadRequest)]
    [InlineData("/debug/pprof/heap?seconds=x", HttpStatusCode.BadRequest)]
    [InlineData("/debug/pprof/heap?seconds=99999999999999999999", HttpStatusCode.BadRequest)]
    [InlineData("/debug/pprof/heap?gc=2", HttpStatusCode.BadRequest)]
    [InlineData("/debug/pprof/heap?debug=3", HttpStatusCode.BadRequest)]
    [InlineData("/debug/pprof/profile?seconds=301", HttpStatusCode.BadRequest)]
    [InlineData("/debug/pprof/trace?seconds=x", HttpStatusCode.BadRequest)]
    [InlineData("/debug/pprof/nothing", HttpStatusCode.NotFound)]
    [InlineData("/debug/pprof/handles", HttpStatusCode.OK)]
    [InlineData("/debug/pprof/stats", HttpStatusCode.OK)]
    [InlineData("/debug/pprof/symbol", HttpStatusCode.OK)]
    [InlineData("/debug/pprof", HttpStatusCode.Redirect)]
    [InlineData("/debug/pprof/", HttpStatusCode.OK)]
    [InlineData("/debug/pprof/cmdline", HttpStatusCode.OK)]
    public async Task A_request_gets_the_status_that_says_what_is_wrong_with_it(string path, HttpStatusCode expected)
    {
        await StartAsync();

        Assert.Equal(expected, (await GetAsync(path)).StatusCode);
    }

    [Theory]
    [InlineData("/debug/pprof/")]
    [InlineData("/debug/pprof/heap")]
    [InlineData("/debug/pprof/cmdline")]
    [InlineData("/debug/pprof/handles")]
    [InlineData("/debug/pprof/stats")]
    [InlineData("/debug/pprof/symbol")]
    public async Task From_another_machine_the_endpoints_do_not_exist_unless_they_are_allowed(string path)
    {
        _caller = IPAddress.Parse("192.0.2.7");
        await StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(path)).StatusCode);

        await _app!.DisposeAsync();
        _settings["Pprof:AllowRemote"] = "true";
        await StartAsync();
        Assert.NotEqual(HttpStatusCode.NotFound, (await GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task From_another_machine_a_wrong_method_tells_nothing_either()
    {
        using var content = new StringContent("");
        _caller = IPAddress.Parse("192.0.2.7");
        await StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await _client.PostAsync(new Uri(_root!, "/debug/pprof/heap"), content)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.DeleteAsync(new Uri(_root!, "/debug/pprof/symbol"))).StatusCode);

        _caller = IPAddress.Loopback;
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _client.PostAsync(new Uri(_root!, "/debug/pprof/heap"), content)).StatusCode);
    }

    [Fact]
    public async Task Switched_off_they_do_not_exist()
    {
        _settings["Pprof:Enabled"] = "false";
        await StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/debug/pprof/")).StatusCode);
    }

    [AgentFact]
    public async Task While_one_captures_the_next_is_told_to_come_back()
    {
        _settings["Pprof:AgentPath"] = AgentFile.Path;
        await StartAsync();

        var gate = _app!.Services.GetRequiredService<CaptureGate>();
        Assert.True(gate.TryEnter());
        Assert.Equal(HttpStatusCode.TooManyRequests, (await GetAsync("/debug/pprof/heap")).StatusCode);

        gate.Leave();
        using HttpResponseMessage delta = await GetAsync("/debug/pprof/heap?seconds=1");
        Assert.Equal(HttpStatusCode.OK, delta.StatusCode);
        Assert.Equal("heap-delta", delta.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/debug/pprof/heap")).StatusCode);
    }

    [Theory]
    [InlineData("profile", "samples/count cpu/nanoseconds")]
    [InlineData("block", "contentions/count delay/nanoseconds")]
    [InlineData("exceptions", "exceptions/count")]
    public async Task What_takes_a_while_is_a_profile_of_the_seconds_asked_for(string name, string types)
    {
        await StartAsync();

        using HttpResponseMessage answer = await GetAsync($"/debug/pprof/{name}?seconds=1");
        Profile profile = ProfileDecoder.Decode(await answer.Content.ReadAsByteArrayAsync());

        Assert.Equal(name, answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal(types, string.Join(' ', profile.SampleTypes));
        Assert.Equal(1_000_000_000, profile.Header.DurationNanos);
        Assert.NotEmpty(profile.Header.Comments);
    }

    [Fact]
    public async Task Handles_tell_connections_by_their_other_end_and_files_by_their_folder()
    {
        await StartAsync();
        string path = Path.Combine(Path.GetTempPath(), $"plumb-{Guid.NewGuid():N}");
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);

        Profile handles = ProfileDecoder.Decode(await _client.GetByteArrayAsync(new Uri(_root!, "/debug/pprof/handles")));
        string text = await _client.GetStringAsync(new Uri(_root!, "/debug/pprof/handles?debug=1"));

        string[] stacks = [.. Enumerable.Range(0, handles.Samples.Count).Select(i => string.Join(" < ", Functions(handles, handles.Sample(i))))];
        Assert.Contains($"{path} < {Path.GetTempPath()} < file", stacks);
        Assert.Contains($"listening on {_root!.Authority} < tcp < socket", stacks);
        // Its two ends are in this process.
        Assert.Contains($"from 127.0.0.1 < tcp in at port {_root.Port} < socket", stacks);
        Assert.Contains($"to {_root.Authority} < tcp out < socket", stacks);
        Assert.Contains("#\tstate: ESTABLISHED\n", text, StringComparison.Ordinal);
        // The service asks itself: it is its own client.
        Assert.Contains($"http://{_root.Authority} < HTTP/1.1 < HTTP connection", stacks);
        Assert.Contains(stacks, stack => stack.EndsWith(" < timer", StringComparison.Ordinal));
        Assert.StartsWith("handles profile: total ", text, StringComparison.Ordinal);
    }

    [AgentFact]
    public async Task Pending_requests_are_goroutines_in_all_three_forms()
    {
        _settings["Pprof:AgentPath"] = AgentFile.Path;
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await StartAsync(app => app.MapGet("/wait", () => PendingAsync(answer.Task)));
        Task[] waiting = [.. Enumerable.Range(0, 7).Select(_ => GetAsync("/wait"))];
        while (s_pending < 7)
            await Task.Delay(10);

        Profile profile = ProfileReader.Read(await _client.GetByteArrayAsync(new Uri(_root!, "/debug/pprof/goroutine")));
        Profile text = ProfileReader.Read(await _client.GetByteArrayAsync(new Uri(_root!, "/debug/pprof/goroutine?debug=1")));
        GoroutineDump dump = GoroutineDump.Parse(await _client.GetByteArrayAsync(new Uri(_root!, "/debug/pprof/goroutine?debug=2")));
        answer.SetResult();
        await Task.WhenAll(waiting);

        Assert.Equal(7, Pending(profile));
        Assert.Equal(7, Pending(text));
        Assert.Equal(7, dump.Goroutines.Count(g => g.State == "await" && g.Stack.Frames.Any(f => f.Function.EndsWith(nameof(PendingAsync), StringComparison.Ordinal))));
        Assert.Equal(0, dump.SkippedLines);
    }

    [Fact]
    public async Task The_trace_is_the_runtimes_own()
    {
        await StartAsync();

        byte[] trace = await _client.GetByteArrayAsync(new Uri(_root!, "/debug/pprof/trace?seconds=1"));

        Assert.Equal("Nettrace"u8.ToArray(), trace[..8]);
        Assert.Equal(1, trace[^1]);
    }

    [Fact]
    public async Task An_address_without_managed_code_has_no_name()
    {
        await StartAsync();
        using var question = new StringContent("0x1+0x2");

        using HttpResponseMessage answer = await _client.PostAsync(new Uri(_root!, "/debug/pprof/symbol"), question);

        Assert.Equal("num_symbols: 1\n", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("0x1+shop")]
    [InlineData("0x11111111111111111")]
    public async Task A_question_for_symbols_that_holds_no_addresses_is_refused(string question)
    {
        await StartAsync();
        using var content = new StringContent(question);

        using HttpResponseMessage answer = await _client.PostAsync(new Uri(_root!, "/debug/pprof/symbol"), content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Statistics_are_a_page_for_scrapers_with_one_heading_for_each_name()
    {
        await StartAsync();

        string page = await _client.GetStringAsync(new Uri(_root!, "/debug/pprof/stats"));

        string[] headings = [.. page.Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal))];
        Assert.Equal(headings.Length, headings.Distinct().Count());
        Assert.Contains("# TYPE dotnet_gc_collections_total counter", headings);
        Assert.Matches("(?m)^process_open_fds [1-9][0-9]*$", page);
        Assert.Matches("(?m)^dotnet_gc_generation_bytes\\{generation=\"2\"\\} [0-9]+$", page);
    }

    [Fact]
    public async Task A_caller_that_goes_away_frees_the_place_for_the_next()
    {
        await StartAsync();
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _client.GetAsync(new Uri(_root!, "/debug/pprof/profile?seconds=200"), gone.Token));

        var gate = _app!.Services.GetRequiredService<CaptureGate>();
        for (int i = 0; i < 300 && !gate.TryEnter(); i++)
            await Task.Delay(100);
        gate.Leave();
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/debug/pprof/mutex?seconds=1")).StatusCode);
    }

    [Fact]
    public void Mapping_without_the_services_says_what_to_call()
    {
        WebApplication app = WebApplication.CreateSlimBuilder().Build();

        var e = Assert.Throws<InvalidOperationException>(() => app.MapPprof());

        Assert.Contains("AddPprof", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conventions_apply_to_every_endpoint()
    {
        await StartAsync(map: app => app.MapPprof().RequireHost("profiles.example"));

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/debug/pprof/cmdline")).StatusCode);
    }

    private async Task StartAsync(Action<WebApplication>? more = null, Action<WebApplication>? map = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPprof();
        _app = builder.Build();
        _app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = _caller;
            return next(context);
        });
        more?.Invoke(_app);
        (map ?? (app => app.MapPprof()))(_app);
        await _app.StartAsync();
        string address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        _root = new Uri(address);
    }

    private Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(new Uri(_root!, path));

    private static int s_pending;

    private static async Task PendingAsync(Task answer)
    {
        Interlocked.Increment(ref s_pending);
        await answer;
    }

    private static long Pending(Profile profile) => Enumerable.Range(0, profile.Samples.Count)
        .Where(i => Functions(profile, profile.Sample(i)).Exists(name => name.EndsWith(nameof(PendingAsync), StringComparison.Ordinal)))
        .Sum(i => profile.Sample(i).Values[0]);

    private static List<string> Functions(Profile profile, Sample sample)
    {
        var names = new List<string>();
        foreach (LocationId location in sample.Stack)
            names.Add(profile.Function(profile.Locations.Lines(location)[0].Function).Name);
        return names;
    }

    private static long InUse(Profile profile, string function)
    {
        const int InUseSpace = 3;
        long sum = 0;
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            Sample sample = profile.Sample(i);
            if (sample.Stack is [LocationId leaf, ..] && profile.Locations.Lines(leaf) is [Line line, ..]
                && profile.Function(line.Function).Name.EndsWith(function, StringComparison.Ordinal))
                sum += sample.Values[InUseSpace];
        }

        return sum;
    }
}
