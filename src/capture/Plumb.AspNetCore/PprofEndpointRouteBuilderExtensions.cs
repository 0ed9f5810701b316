using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Plumb.AspNetCore;

public static class PprofEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Serves the profiles of this process below <paramref name="pattern"/>, as net/http/pprof does in Go. The conventions
    /// returned apply to every endpoint: <c>RequireAuthorization</c>, <c>RequireHost</c>, rate limits.
    /// </summary>
    /// <exception cref="InvalidOperationException"><see cref="PprofServiceCollectionExtensions.AddPprof"/> was not called.</exception>
    public static IEndpointConventionBuilder MapPprof(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/debug/pprof")
    {
        PprofEndpoints pprof = endpoints.ServiceProvider.GetService<PprofEndpoints>()
            ?? throw new InvalidOperationException("MapPprof needs services: call builder.Services.AddPprof() before the application is built.");
        RouteGroupBuilder group = endpoints.MapGroup(pattern);
        group.AddEndpointFilter(pprof.GuardAsync);
        group.MapGet("/", pprof.Index);
        foreach (ProfileKind kind in ProfileKind.All)
            group.MapGet(kind.Name, (HttpContext context, CancellationToken stop) => pprof.ProfileAsync(context, kind, stop));
        group.MapGet("/trace", pprof.TraceAsync);
        group.MapMethods("/symbol", [HttpMethods.Get, HttpMethods.Post], pprof.SymbolAsync);
        group.MapGet("/stats", pprof.Statistics);
        group.MapGet("/cmdline", pprof.CommandLine);
        // Last in precedence: without it the router itself would tell anybody, by a 405, which addresses there are.
        group.Map("/{**rest}", PprofEndpoints.Other);
        return group.ExcludeFromDescription();
    }
}
