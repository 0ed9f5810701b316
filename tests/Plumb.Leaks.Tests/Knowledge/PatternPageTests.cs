using System.Text;
using Plumb.Leaks.Knowledge;

namespace Plumb.Leaks.Tests.Knowledge;

public sealed class PatternPageTests
{
    [Fact]
    public void The_page_of_patterns_is_made_from_the_patterns()
    {
        var page = Path.Combine(Reference(), "leak-patterns.md");
        if (Environment.GetEnvironmentVariable("PLUMB_BLESS") == "1") File.WriteAllText(page, Page());

        Assert.Equal(Page(), File.ReadAllText(page));
    }

    private static string Page()
    {
        var text = new StringBuilder();
        text.Append("# Known leaks\n\nEvery pattern that `plumb leaks` explains. A pattern never decides that something leaks: it explains what was found to grow.\n");
        text.Append("This page is made from the patterns in `src/core/Plumb.Leaks/Knowledge/` by `./dev bless`.\n");
        foreach (var pattern in KnowledgeBase.Patterns.OrderBy(p => p.Id, StringComparer.Ordinal))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n## {pattern.Id}\n\n**{pattern.Title}.** {pattern.Cause}\n\n*Mend:* {pattern.Remedy}\n");
            if (pattern.Reference is { } reference) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n<{reference}>\n");
        }

        return text.ToString();
    }

    // The compiled-in path is mapped away, so the folder is looked for upwards from the test's own.
    private static string Reference()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var reference = Path.Combine(folder.FullName, "docs", "reference");
            if (Directory.Exists(reference)) return reference;
        }

        throw new DirectoryNotFoundException($"no docs/reference above {AppContext.BaseDirectory}");
    }
}
