using System.Text;

namespace Plumb.Symbols.Remote;

/// <summary>Asks over HTTP. The answer is bounded; the client decides on time and trust.</summary>
public sealed class HttpRemoteSymbols(HttpClient client) : IRemoteSymbols
{
    private const int MaxAnswerBytes = 64 << 20;

    public async Task<string> PostAsync(Uri endpoint, string question, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new StringContent(question, Encoding.ASCII, "application/octet-stream"),
        };
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw new SymbolizationException($"{endpoint}: the service answered {(int)response.StatusCode} {response.ReasonPhrase}");

            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, cancellationToken).ConfigureAwait(false);
            return Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new SymbolizationException($"{endpoint}: {e.Message}", e);
        }
    }
}
