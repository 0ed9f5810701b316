using Plumb.AspNetCore;
using Plumb.Benchmarks.Service;
using Plumb.Runtime;

// The service that ./dev bench dotnet measures. --pprof none leaves Plumb out; mapped maps its endpoints and samples nothing until told to; sampling
// samples from the start, as services do that say nothing else.
if (args is not ["--pprof", "none" or "mapped" or "sampling"])
{
    Console.Error.WriteLine("usage: plumb-bench-service --pprof none|mapped|sampling");
    return 2;
}

bool isMapped = args[1] != "none";

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls("http://127.0.0.1:0");
if (isMapped)
    builder.Services.AddPprof(options => options.SampleHeap = args[1] == "sampling");
WebApplication app = builder.Build();
var leak = new KnownLeak();
var heap = new KnownHeap();
var gaps = new Gaps();
app.MapGet("/plain", () => "ok");
app.MapGet("/allocate", (int bytes) => Garbage.Make(bytes));
app.MapGet("/allocated", () => GC.GetTotalAllocatedBytes());
app.MapGet("/committed", () =>
{
    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    return GC.GetGCMemoryInfo().TotalCommittedBytes;
});
app.MapGet("/leak", (int rounds) => leak.Add(rounds));
app.MapGet("/release", leak.Release);
app.MapGet("/fill", (int megabytes) => heap.Fill(megabytes));
app.MapGet("/gaps/start", gaps.Start);
app.MapGet("/gaps/stop", gaps.Stop);
if (isMapped)
{
    app.MapPprof();
    app.MapGet("/sampling/on", (RuntimeProfiles profiles) => profiles.StartAsync());
    app.MapGet("/sampling/off", async (RuntimeProfiles profiles) => await profiles.DisposeAsync());
}

await app.StartAsync();
Console.WriteLine($"listening on {app.Urls.First()}");
// Whoever started it holds the other end.
_ = Task.Run(() =>
{
    while (Console.ReadLine() is not null)
    {
    }

    app.Lifetime.StopApplication();
});
await app.WaitForShutdownAsync();
return 0;
