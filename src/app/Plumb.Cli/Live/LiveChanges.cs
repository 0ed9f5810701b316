using Plumb.Collectors.Watching;
using Plumb.Web.Live;

namespace Plumb.Cli.Live;

/// <summary>Adds samples to the page, and tells what they mean for the service: gone, back, another process.</summary>
internal sealed class LiveChanges(LiveSession session)
{
    private WatchSample? _last;

    public void Add(WatchSample sample)
    {
        if (_last is { } before)
        {
            if (before.IsAnswered != sample.IsAnswered)
            {
                session.Tell(sample.IsAnswered
                    ? new LiveEvent(sample.At, LiveEventKind.Back, "it answers again")
                    : new LiveEvent(sample.At, LiveEventKind.Lost, sample.Notes is [.., var reason] ? $"no answer: {reason}" : "no answer"));
            }

            if (sample.IsRestartAfter(before))
            {
                session.Tell(new LiveEvent(sample.At, LiveEventKind.Restart, "the process was started anew"));
            }
        }

        // Of a service that has gone, its last process is compared with the next one.
        _last = sample.IsAnswered || _last is null ? sample : _last with { IsAnswered = false };
        session.Add(LiveSamples.Of(sample));
    }
}
