using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Plumb.Runtime;

namespace Plumb.AspNetCore;

public static class PprofServiceCollectionExtensions
{
    /// <summary>Adds what <see cref="PprofEndpointRouteBuilderExtensions.MapPprof"/> serves, and starts sampling with the host.</summary>
    /// <param name="configure">Applied after the configuration section <c>Pprof</c>.</param>
    public static IServiceCollection AddPprof(this IServiceCollection services, Action<PprofOptions>? configure = null)
    {
        OptionsBuilder<PprofOptions> options = services.AddOptions<PprofOptions>()
            .Configure<IServiceProvider>((o, provider) => provider.GetService<IConfiguration>()?.GetSection(PprofOptions.Section).Bind(o))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        options.PostConfigure(PprofSwitch.Apply);

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOptionsChangeTokenSource<PprofOptions>, SectionChanges>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new RuntimeProfiles(
            provider.GetRequiredService<IOptions<PprofOptions>>().Value.AgentPath, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<CaptureGate>();
        services.AddMetrics();
        services.TryAddSingleton<PprofMetrics>();
        services.TryAddSingleton<PprofEndpoints>();
        services.AddHostedService<HeapSampling>();
        services.AddHostedService<PprofListener>();
        return services;
    }
}
