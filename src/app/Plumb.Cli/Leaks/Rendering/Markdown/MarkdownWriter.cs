using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Plumb.Cli.Leaks.Rendering.Markdown;

/// <summary>Writes Markdown in which what was interpolated is text: <c>writer.Line($"**{name}**")</c> escapes the name, and only the name.</summary>
/// <remarks>A plain string cannot be written, so nothing that came from outside is taken for markup by an oversight.</remarks>
internal sealed class MarkdownWriter
{
    private readonly TextWriter _out;

    public MarkdownWriter(TextWriter output) => _out = output;

    public void Line() => _out.Write('\n');

    public void Line(ref Handler line)
    {
        _out.Write(line.Markup);
        _out.Write('\n');
    }

    /// <summary>A fenced block; the fence is longer than any run of backticks inside.</summary>
    public void Block(string language, IEnumerable<string> lines)
    {
        List<string> safe = [.. lines.Select(Profiles.TerminalText.Escape)];
        string fence = new('`', Math.Max(3, safe.Select(MarkdownText.LongestBackticks).DefaultIfEmpty(0).Max() + 1));
        _out.Write($"{fence}{language}\n");
        foreach (string line in safe)
        {
            _out.Write($"{line}\n");
        }

        _out.Write($"{fence}\n");
    }

    /// <summary>Escapes every interpolated value.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Handler
    {
        public Handler(int literalLength, int formattedCount) => Markup = new StringBuilder(literalLength + (16 * formattedCount));

        public StringBuilder Markup { get; }

        public void AppendLiteral(string markup) => Markup.Append(markup);

        public void AppendFormatted(string? text) => Markup.Append(MarkdownText.Escape(text ?? ""));

        public void AppendFormatted(int number) => Markup.Append(CultureInfo.InvariantCulture, $"{number}");

        /// <summary>With the format "code" as a code span, with "link" as a link.</summary>
        public void AppendFormatted(string? text, string format) => Markup.Append(format switch
        {
            "code" => MarkdownText.Code(text ?? ""),
            "link" => MarkdownText.Link(text ?? ""),
            _ => throw new ArgumentException(format, nameof(format)),
        });
    }
}
