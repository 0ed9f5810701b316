using System.Globalization;
using Plumb.Reports.Text;

namespace Plumb.Reports.Graphs;

/// <summary>What an entry of a report stands for. Parts that the granularity leaves out are empty or 0.</summary>
/// <param name="ObjectFile">The binary, where it tells entries apart.</param>
public readonly record struct NodeInfo(string Name, ulong Address, string File, long StartLine, long Line, long Column, string ObjectFile)
{
    /// <summary>The name that reports print: address, function, and file with line, as far as known.</summary>
    public string PrintableName => string.Join(' ', Parts());

    /// <summary>All fields in one text, to order entries that print alike.</summary>
    public string OrderText =>
        string.Create(CultureInfo.InvariantCulture, $"{{{Name}  {Address} {File} {StartLine} {Line} {Column} {ObjectFile}}}");

    /// <summary>The parts of <see cref="PrintableName"/>.</summary>
    public IEnumerable<string> Parts()
    {
        if (Address != 0)
            yield return Address.ToString("x16", CultureInfo.InvariantCulture);

        if (Name.Length > 0)
            yield return Name;

        if (Line != 0)
            yield return Column == 0 ? $"{File}:{Number(Line)}" : $"{File}:{Number(Line)}:{Number(Column)}";
        else if (File.Length > 0)
            yield return File;
        else if (Name.Length == 0)
            yield return ObjectFile.Length > 0 ? $"[{UnixPath.Base(ObjectFile)}]" : "<unknown>";
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
