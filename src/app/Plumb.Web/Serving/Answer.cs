namespace Plumb.Web.Serving;

/// <summary>What is sent for a view.</summary>
/// <param name="FileName">The name under which it is to be saved; null when it is to be shown.</param>
internal sealed record Answer(string ContentType, byte[] Body, string? FileName = null)
{
    public const string Json = "application/json; charset=utf-8";
    public const string Text = "text/plain; charset=utf-8";
    public const string Bytes = "application/octet-stream";
}
