using Plumb.Collectors.Loading;
using Plumb.Collectors.Loading.Requests;

namespace Plumb.Cli.Stress.Progress;

internal sealed class NoDisplay : IStressDisplay
{
    public void Start(StressOptions options, RequestMix mix, LoadGenerator load)
    {
    }

    public void Dispose()
    {
    }
}
