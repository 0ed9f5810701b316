using System.Reflection;
using Plumb.Collectors.Metrics;
using Plumb.Leaks.Snapshots;

namespace Plumb.Collectors.Tests.Recording;

public sealed class SeriesFormatTests
{
    [Fact]
    public void Every_metric_that_is_known_is_described()
    {
        string page = Page();
        IEnumerable<string> names = typeof(MetricNames)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!)
            .Where(name => !name.StartsWith("fds.", StringComparison.Ordinal) && !name.StartsWith("tcp.", StringComparison.Ordinal));
        Assert.All(names, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_request_counter_is_described()
    {
        string page = Page();
        Assert.All(RequestCounter.Counters, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
        Assert.All(RequestCounter.Durations, name => Assert.Contains($"`{name[..^"_count".Length]}`", page, StringComparison.Ordinal));
    }

    private static string Page()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string page = Path.Combine(folder.FullName, "docs", "formats", "series.md");
            if (File.Exists(page))
            {
                return File.ReadAllText(page);
            }
        }

        throw new FileNotFoundException("docs/formats/series.md");
    }
}
