using System.Text;
using Plumb.Collectors.Loading.Requests;

namespace Plumb.Fuzz.Targets;

/// <summary>What says which requests to send: lists of routes, curl commands, OpenAPI documents and access logs.</summary>
internal sealed class RequestTarget : FuzzTarget
{
    private static readonly Uri s_service = new("http://shop:8080/base");

    public override string Name => "requests";

    // An OpenAPI document's schemas hold each other, and each operation may have a body of 64 kB of them.
    public override long BytesPerByte => 40_000;

    public override bool Read(byte[] input)
    {
        string text = Encoding.UTF8.GetString(input);
        bool isRoutes = Succeeds(() => RouteText.Parse(text, s_service, NoFile));
        bool isCurl = Succeeds(() => CurlText.Parse(text, NoFile));
        bool isOpenApi = Succeeds(() => OpenApiRoutes.Parse(input, s_service));
        bool isLog = Succeeds(() => LogRoutes.Of(AccessLogText.Read(new StringReader(text), includeUnsafe: true, CancellationToken.None), s_service));
        return isRoutes || isCurl || isOpenApi || isLog;
    }

    private static ReadOnlyMemory<byte> NoFile(string name) => throw new RequestFormatException("", "there are no files here", "");

    private static bool Succeeds(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (RequestFormatException)
        {
            return false;
        }
    }
}
