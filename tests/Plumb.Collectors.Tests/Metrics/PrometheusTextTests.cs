using System.Text;
using Plumb.Collectors.Metrics;

namespace Plumb.Collectors.Tests.Metrics;

public sealed class PrometheusTextTests
{
    [Fact]
    public void A_page_of_the_format_description_is_read()
    {
        MetricsPage page = PrometheusText.Parse("""
            # HELP http_requests_total The total number of HTTP requests.
            # TYPE http_requests_total counter
            http_requests_total{method="post",code="200"} 1027 1395066363000
            http_requests_total{method="post",code="400",}    3 1395066363000

            # Escaping in label values:
            msdos_file_access_time_seconds{path="C:\\DIR\\FILE.TXT",error="Cannot find file:\n\"FILE.TXT\""} 1.458255915e9
            metric_without_timestamp_and_labels 12.47
            something_weird{problem="division by zero"} +Inf -3982045
            # TYPE rpc_duration_seconds summary
            rpc_duration_seconds{quantile="0.01"} NaN
            rpc_duration_seconds_count 2693
            """);
        Assert.Equal(0, page.SkippedLines);
        Assert.Equal(7, page.Samples.Count);
        Assert.Equal(1027, page.Samples[0].Value);
        Assert.Equal("post", page.Samples[0].Label("method"));
        Assert.Null(page.Samples[0].Label("verb"));
        Assert.Equal(@"C:\DIR\FILE.TXT", page.Samples[2].Label("path"));
        Assert.Equal("Cannot find file:\n\"FILE.TXT\"", page.Samples[2].Label("error"));
        Assert.Equal(1.458255915e9, page.Samples[2].Value);
        Assert.Equal(12.47, page.Value("metric_without_timestamp_and_labels"));
        Assert.Equal(double.PositiveInfinity, page.Samples[4].Value);
        Assert.Equal(double.NaN, page.Samples[5].Value);
        Assert.Equal(MetricKind.Counter, page.Kinds["http_requests_total"]);
        Assert.Equal(MetricKind.Summary, page.Kinds["rpc_duration_seconds"]);
    }

    [Theory]
    [InlineData("a 1", 1)]
    [InlineData("a -1.5e-3", -0.0015)]
    [InlineData("  a\t1  ", 1)]
    [InlineData("a{} 1", 1)]
    [InlineData("a { x = \"y\" } 1", 1)]
    [InlineData("a{x=\"}\"} 1", 1)]
    [InlineData("a_total 1 # {trace_id=\"x\"} 0.5", 1)]
    [InlineData("a 1\r", 1)]
    public void A_line_is_read_in_every_spelling_that_the_format_allows(string line, double value) =>
        Assert.Equal(value, Assert.Single(PrometheusText.Parse(line).Samples).Value);

    [Theory]
    [InlineData("a")]
    [InlineData("a x")]
    [InlineData("1a 1")]
    [InlineData("a{ 1")]
    [InlineData("a{x} 1")]
    [InlineData("a{x=y} 1")]
    [InlineData("a{x=\"y} 1")]
    [InlineData("a{x=\"y\" z=\"w\"} 1")]
    [InlineData("a{x=\"y\"}")]
    [InlineData("a{,} 1")]
    [InlineData("a 0x10")]
    [InlineData("a 1,000")]
    [InlineData("<html>")]
    public void A_line_that_breaks_the_format_costs_only_itself(string line)
    {
        MetricsPage page = PrometheusText.Parse(line + "\nb 2\n");
        Assert.Equal("b", Assert.Single(page.Samples).Name);
        Assert.Equal(1, page.SkippedLines);
    }

    [Fact]
    public void Nothing_is_kept_beyond_the_limits()
    {
        var limits = new MetricsLimits { MaxSamples = 10, MaxLabels = 2, MaxLineLength = 40 };
        string many = string.Concat(Enumerable.Range(0, 100).Select(i => $"a{i} 1\n"));
        Assert.Equal(10, PrometheusText.Parse(many, limits).Samples.Count);
        Assert.Equal(90, PrometheusText.Parse(many, limits).SkippedLines);
        Assert.Empty(PrometheusText.Parse("a{b=\"1\",c=\"2\",d=\"3\"} 1", limits).Samples);
        Assert.Empty(PrometheusText.Parse($"a{{b=\"{new string('x', 50)}\"}} 1", limits).Samples);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Mutated_pages_are_read_without_a_fault(int seed)
    {
        byte[] page = Encoding.UTF8.GetBytes("# TYPE x counter\nx_total{path=\"/a\\\\b\\\"c\\n\",code=\"200\"} 1.5e+3 17\ny 2\nz{} NaN\n");
        var random = new Random(seed);
        for (int round = 0; round < 5_000; round++)
        {
            byte[] mutated = (byte[])page.Clone();
            for (int change = random.Next(1, 8); change > 0; change--)
            {
                mutated[random.Next(mutated.Length)] = random.Next(4) == 0 ? (byte)random.Next(256) : page[random.Next(page.Length)];
            }

            MetricsPage read = PrometheusText.Parse(mutated.AsSpan(0, random.Next(mutated.Length + 1)));
            Assert.True(read.Samples.Count <= page.Length);
            Assert.All(read.Samples, sample => Assert.NotEmpty(sample.Name));
        }
    }
}
