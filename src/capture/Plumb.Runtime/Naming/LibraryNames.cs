using System.Globalization;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Naming;

/// <summary>Which file the code at an address came from.</summary>
internal sealed class LibraryNames
{
    /// <summary>The most that the system lets a process have where that is set high.</summary>
    private const int MaxMappings = 1 << 20;
    private const string Dynamic = "dynamic code";
    private readonly List<(ulong Start, ulong End, string Name)> _ranges = [];

    /// <summary>The code that a process has mapped now; in order of the addresses.</summary>
    /// <param name="folder">Of the process.</param>
    /// <exception cref="ProfileUnavailableException">It has ended: nobody knows any more what its code was.</exception>
    public static LibraryNames Read(string folder) => SystemFile.Lines($"{folder}/maps", MaxMappings) is { Length: > 0 } maps
        ? Parse(maps)
        : throw new ProfileUnavailableException("the process has ended before its libraries could be named");

    /// <param name="maps">As Linux lists them: <c>start-end permissions offset device inode path</c>.</param>
    internal static LibraryNames Parse(IEnumerable<string> maps)
    {
        var names = new LibraryNames();
        foreach (string line in maps)
        {
            string[] fields = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
            if (fields is not [var range, [_, _, 'x', ..], ..] || range.Split('-') is not [var from, var to]
                || !ulong.TryParse(from, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong start)
                || !ulong.TryParse(to, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong end))
            {
                continue;
            }

            string path = fields is [.., { Length: > 0 } last] && fields.Length == 6 ? last : "";
            // Compiled code lies in memory that may have a name, but is no file.
            names._ranges.Add((start, end, path.Length == 0 || path.StartsWith("/memfd:", StringComparison.Ordinal) ? Dynamic : Path.GetFileName(path).Trim('[', ']')));
        }

        return names;
    }

    public string Find(ulong address)
    {
        int low = 0;
        int high = _ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_ranges[middle].Start <= address)
                low = middle + 1;
            else
                high = middle;
        }

        return low > 0 && address < _ranges[low - 1].End ? _ranges[low - 1].Name : Dynamic;
    }
}
