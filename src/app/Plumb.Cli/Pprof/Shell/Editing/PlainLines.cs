using System.Text;

namespace Plumb.Cli.Pprof.Shell.Editing;

/// <summary>Lines of a script, or of a terminal that can do no more: nothing is echoed and no escape sequence is written.</summary>
internal sealed class PlainLines(TextReader input, Stream output) : ILineInput
{
    public string? ReadLine(string prompt)
    {
        output.Write(Encoding.UTF8.GetBytes(prompt));
        output.Flush();
        return input.ReadLine();
    }
}
