using Plumb.Cli.Pprof.Sources;
using Plumb.Symbols.Remote;

namespace Plumb.Cli.Pprof.Symbols;

/// <summary>Asks the services that profiles were fetched from, under the same terms.</summary>
internal sealed class ServiceSymbols(HttpProfiles profiles) : IRemoteSymbols
{
    public async Task<string> PostAsync(Uri endpoint, string question, CancellationToken cancellationToken)
    {
        using HttpClient client = profiles.Client(endpoint);
        return await new HttpRemoteSymbols(client).PostAsync(endpoint, question, cancellationToken).ConfigureAwait(false);
    }
}
