using System.Net;
using System.Net.Sockets;
using System.Text;
using Plumb.Symbols.Remote;

namespace Plumb.Symbols.Tests.Remote;

public sealed class HttpRemoteSymbolsTests
{
    [Fact]
    public async Task Addresses_are_posted_and_the_answer_comes_back()
    {
        (string request, string answer) = await ExchangeAsync("HTTP/1.1 200 OK\r\nContent-Length: 14\r\nConnection: close\r\n\r\n0x10 main.work");

        Assert.StartsWith("POST /debug/pprof/symbol HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n0x10+0x20", request, StringComparison.Ordinal);
        Assert.Equal("0x10 main.work", answer);
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "404")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\nx", "")]
    [InlineData("garbage\r\n\r\n", "")]
    public async Task An_answer_that_is_none_is_an_error_that_names_the_address(string response, string expected)
    {
        var error = await Assert.ThrowsAsync<SymbolizationException>(() => ExchangeAsync(response));

        Assert.Contains("/debug/pprof/symbol: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static async Task<(string Request, string Answer)> ExchangeAsync(string response)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<string> serving = ServeAsync(listener, response);
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        var endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/debug/pprof/symbol");

        string answer = await new HttpRemoteSymbols(client).PostAsync(endpoint, "0x10+0x20", CancellationToken.None);
        return (await serving, answer);
    }

    private static async Task<string> ServeAsync(TcpListener listener, string response)
    {
        using TcpClient connection = await listener.AcceptTcpClientAsync();
        NetworkStream stream = connection.GetStream();
        var request = new StringBuilder();
        var buffer = new byte[4096];
        while (!request.ToString().EndsWith("0x20", StringComparison.Ordinal))
        {
            int read = await stream.ReadAsync(buffer);
            if (read == 0)
                break;

            request.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(response));
        return request.ToString();
    }
}
