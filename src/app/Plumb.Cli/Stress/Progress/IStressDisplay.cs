using Plumb.Collectors.Loading;
using Plumb.Collectors.Loading.Requests;

namespace Plumb.Cli.Stress.Progress;

/// <summary>Shows how a load comes along. Disposing ends it, and takes a live display off the screen.</summary>
internal interface IStressDisplay : IDisposable
{
    void Start(StressOptions options, RequestMix mix, LoadGenerator load);
}
