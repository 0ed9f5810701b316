using Plumb.Collectors.Watching;

namespace Plumb.Cli.Watch.Displays;

/// <summary>Shows a service while it is watched. Disposing takes a live display off the screen; more than once does no harm.</summary>
internal interface IWatchDisplay : IDisposable
{
    void Start(WatchState state, WatchOptions options);

    void Show(WatchSample sample);

    void Tell(WatchEvent happened);
}
