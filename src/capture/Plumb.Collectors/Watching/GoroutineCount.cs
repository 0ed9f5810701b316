using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Plumb.Collectors.Watching;

/// <summary>Reads the number of goroutines from the page that lists the profiles: it costs the service nothing, a profile stops it.</summary>
internal static partial class GoroutineCount
{
    private const int MostPageBytes = 256 << 10;

    /// <summary>Null when the page does not tell.</summary>
    public static double? Read(ReadOnlySpan<byte> page)
    {
        string text = Encoding.UTF8.GetString(page[..Math.Min(page.Length, MostPageBytes)]);
        Match row = Row().Match(text);
        return row.Success && long.TryParse(row.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count : null;
    }

    // <tr><td>12</td><td><a href='goroutine?debug=1'>goroutine</a></td></tr>
    [GeneratedRegex("""<td>(?<count>[0-9]{1,12})</td>\s*<td><a href=['"]?(/debug/pprof/)?goroutine\?""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Row();
}
