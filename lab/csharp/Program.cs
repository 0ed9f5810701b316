using System.Text.Json;
using Microsoft.Extensions.Logging.Console;
using Plumb.AspNetCore;
using Shop;

// A shop with one defect: --leak NAME, --fixed NAME or --healthy NAME; --list says what there is; --peer is the address of what it needs;
// --pprof no leaves out the endpoints, as almost every service does.
IDefect[] all = [.. typeof(IDefect).Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(IDefect))).OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => (IDefect)Activator.CreateInstance(t)!)];
if (args is ["--list"])
{
    Console.WriteLine(JsonSerializer.Serialize(all.Select(d => new { d.Name, File = $"{d.GetType().Name}.cs", d.Pattern, d.Function, d.Needs, d.Rate }), JsonSerializerOptions.Web));
    return 0;
}

var options = new Dictionary<string, string>(StringComparer.Ordinal);
for (int i = 0; i + 1 < args.Length; i += 2)
    options[args[i]] = args[i + 1];
string? variant = options.Keys.FirstOrDefault(key => key is "--leak" or "--fixed" or "--healthy");
if (variant is null || Array.Find(all, d => d.Name == options[variant]) is not { } defect || (variant == "--healthy") != (defect.Pattern.Length == 0))
{
    Console.Error.WriteLine($"usage: shop (--leak|--fixed|--healthy) NAME [--addr HOST:PORT] [--peer ADDRESS] [--pprof no]\nNAME: {string.Join(", ", all.Select(d => d.Name))}");
    return 2;
}

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
builder.WebHost.UseUrls($"http://{options.GetValueOrDefault("--addr", "127.0.0.1:0")}");
bool hasEndpoints = options.GetValueOrDefault("--pprof") != "no";
if (hasEndpoints)
    builder.Services.AddPprof();
defect.Add(builder.Services);
WebApplication app = builder.Build();
if (hasEndpoints)
    app.MapPprof();
app.MapGet("/healthz", () => "ok");
defect.Map(app, leaks: variant == "--leak", options.GetValueOrDefault("--peer", ""));
await app.StartAsync();
Console.WriteLine($"listening on {app.Urls.First()}");
await app.WaitForShutdownAsync();
return 0;
