using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Plumb.Profiles;
using Plumb.Web.Shelf;
using Plumb.Web.Views;

namespace Plumb.Web.Serving;

/// <summary>Takes profiles that are dropped onto the page, one at a time.</summary>
internal sealed class UploadEndpoint(ProfileShelf shelf) : IDisposable
{
    private const long MaxBytes = 128 << 20;
    private const long MaxDecompressedBytes = 1L << 30;

    private static readonly ProfileLimits Limits = ProfileLimits.Default with
    {
        MaxInputBytes = MaxBytes,
        MaxDecompressedBytes = MaxDecompressedBytes,
        MaxSamples = 10_000_000,
        MaxLocations = 5_000_000,
        MaxFunctions = 5_000_000,
        MaxStrings = 10_000_000,
        MaxStackEntries = 200_000_000,
    };

    private readonly SemaphoreSlim _turn = new(1);

    public async Task ReceiveAsync(HttpContext context)
    {
        CancellationToken cancellation = context.RequestAborted;
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = MaxBytes;
        string title = Path.GetFileName(context.Request.Query["name"].ToString());
        if (title.Length == 0)
            title = "uploaded profile";

        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, cancellation).ConfigureAwait(false);
            ReadOnlyMemory<byte> bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
            ShelvedProfile added = await Task.Run(() => shelf.Add(title, ProfileReader.Read(bytes, Limits)), cancellation).ConfigureAwait(false);
            context.Response.ContentType = Answer.Json;
            await JsonSerializer.SerializeAsync(
                context.Response.Body, new ShelfAnswer(added.Id, added.Title, added.IsUploaded), ViewJsonContext.Default.ShelfAnswer, cancellation).ConfigureAwait(false);
        }
        catch (ProfileFormatException e)
        {
            await Failure.SendAsync(
                context, StatusCodes.Status400BadRequest, $"{title} cannot be read as a profile: {e.Message}",
                "Take a file in one of the formats that plumb pprof reads, or open it with plumb pprof to see more.").ConfigureAwait(false);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await Failure.SendAsync(
                context, e.StatusCode, $"{title} is larger than {MaxBytes >> 20} MB.", "Start plumb pprof -http with the file instead.").ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
