using Microsoft.Extensions.Logging.Console;
using Plumb.AspNetCore;
using Shop;

// The shop of `plumb demo`: with --leak it has one endpoint that leaks, with --fixed it has none. --addr says where it listens.
bool leaks = args.Contains("--leak");
string address = args.SkipWhile(argument => argument != "--addr").Skip(1).FirstOrDefault("127.0.0.1:0");

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
builder.WebHost.UseUrls($"http://{address}");
builder.Services.AddPprof();
builder.Services.AddSingleton<Catalogue>();
builder.Services.AddSingleton(services => new Checkout(services.GetRequiredService<Catalogue>(), leaks));

WebApplication app = builder.Build();
app.MapPprof();
app.MapGet("/products/{id:int}", (int id, Catalogue catalogue) => catalogue.PriceOf(id));
app.MapGet("/checkout/{customer:int}", (int customer, Checkout checkout) => checkout.PayAsync(customer));

await app.StartAsync();
Console.WriteLine(new Uri(app.Urls.First()).Authority);
await app.WaitForShutdownAsync();
