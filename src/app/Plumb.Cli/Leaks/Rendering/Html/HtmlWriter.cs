using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Plumb.Cli.Leaks.Rendering.Html;

/// <summary>Writes HTML and SVG in which what was interpolated is text: <c>page.Write($"&lt;b&gt;{name}&lt;/b&gt;")</c> escapes the name, and only it.</summary>
/// <remarks>A plain string cannot be written, so nothing that a profile says becomes markup by an oversight.</remarks>
internal sealed class HtmlWriter
{
    private const int MaxText = 2000;

    private readonly TextWriter _out;

    public HtmlWriter(TextWriter output) => _out = output;

    public void Write(ref Handler part) => _out.Write(part.Markup);

    public void Line(ref Handler part)
    {
        _out.Write(part.Markup);
        _out.Write('\n');
    }

    /// <summary>A style sheet or script of Plumb's own.</summary>
    public void Asset(HtmlAsset asset) => _out.Write(asset.Text);

    private static string Safe(string text) => WebUtility.HtmlEncode(Ellipsis.End(text, MaxText));

    /// <summary>Escapes every interpolated value, for content and for attributes in double quotes alike.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Handler
    {
        public Handler(int literalLength, int formattedCount) => Markup = new StringBuilder(literalLength + (16 * formattedCount));

        public StringBuilder Markup { get; }

        public void AppendLiteral(string markup) => Markup.Append(markup);

        public void AppendFormatted(string? text) => Markup.Append(Safe(text ?? ""));

        public void AppendFormatted(int number) => Markup.Append(CultureInfo.InvariantCulture, $"{number}");

        /// <summary>A coordinate: two decimals are finer than any screen.</summary>
        public void AppendFormatted(double number) => Markup.Append(CultureInfo.InvariantCulture, $"{(double.IsFinite(number) ? number : 0):0.##}");
    }
}
