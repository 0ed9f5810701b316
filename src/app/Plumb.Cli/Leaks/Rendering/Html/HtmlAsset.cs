using System.Security.Cryptography;
using System.Text;

namespace Plumb.Cli.Leaks.Rendering.Html;

/// <summary>A file of this folder that is built into Plumb and put into every page, named in its content security policy by its hash.</summary>
internal sealed record HtmlAsset(string Text)
{
    public static HtmlAsset Style { get; } = Read("report.css");

    public static HtmlAsset Script { get; } = Read("report.js");

    /// <summary>As a content security policy writes it.</summary>
    public string Hash => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}'";

    private static HtmlAsset Read(string name)
    {
        using Stream stream = typeof(HtmlAsset).Assembly.GetManifestResourceStream(typeof(HtmlAsset), name)
            ?? throw new InvalidOperationException($"{name} was not built in");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new HtmlAsset(reader.ReadToEnd());
    }
}
