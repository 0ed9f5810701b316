using Plumb.Cli.Watch.Json;
using Plumb.Collectors.Watching;

namespace Plumb.Cli.Watch.Displays;

/// <summary>A line of JSON for each look and each event.</summary>
internal sealed class JsonWatchDisplay : IWatchDisplay
{
    private readonly TextWriter _out;

    public JsonWatchDisplay(TextWriter output) => _out = output;

    public void Start(WatchState state, WatchOptions options)
    {
    }

    public void Show(WatchSample sample) => Line(WatchJson.Sample(sample));

    public void Tell(WatchEvent happened) => Line(WatchJson.Event(happened));

    public void Dispose()
    {
    }

    private void Line(string json)
    {
        _out.Write(json + "\n");
        _out.Flush();
    }
}
