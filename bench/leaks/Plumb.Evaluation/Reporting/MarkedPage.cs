namespace Plumb.Evaluation.Reporting;

/// <summary>A page that people write, with parts that measurements write: between <c>&lt;!-- NAME --&gt;</c> and <c>&lt;!-- end of NAME --&gt;</c>.</summary>
internal static class MarkedPage
{
    /// <exception cref="InvalidDataException">The page has no such part.</exception>
    public static string Replace(string page, string name, string content)
    {
        string begin = $"<!-- {name} -->\n";
        string end = $"<!-- end of {name} -->";
        int from = page.IndexOf(begin, StringComparison.Ordinal);
        int to = page.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from)
            throw new InvalidDataException($"the page has no part between '{begin.Trim()}' and '{end}'");
        return string.Concat(page.AsSpan(0, from + begin.Length), content.TrimEnd() + "\n", page.AsSpan(to));
    }
}
