using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Plumb.AspNetCore;

/// <summary>Says when the configuration changes, so that options are read anew while the service runs. A provider without configuration never does.</summary>
internal sealed class SectionChanges(IServiceProvider provider) : IOptionsChangeTokenSource<PprofOptions>
{
    public string? Name => Options.DefaultName;

    public IChangeToken GetChangeToken() =>
        provider.GetService<IConfiguration>()?.GetSection(PprofOptions.Section).GetReloadToken() ?? new CancellationChangeToken(CancellationToken.None);
}
