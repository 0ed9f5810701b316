using Plumb.Collectors.Metrics;

namespace Plumb.Collectors.Tests.Metrics;

public sealed class RequestCounterTests
{
    [Theory]
    [InlineData("http_requests_total{code=\"200\"} 10\nhttp_requests_total{code=\"500\"} 2\n", 12)]
    [InlineData("http_request_duration_seconds_count 7\nhttp_request_duration_seconds_sum 9\nhttp_request_duration_seconds_bucket{le=\"1\"} 5\n", 7)]
    [InlineData("http_request_duration_seconds_count 7\nhttp_requests_total 8\n", 8)]
    [InlineData("shop_http_requests_total 5\nother_request_duration_seconds_count 6\n", 5)]
    [InlineData("b_http_requests_total 5\na_http_requests_total 6\n", 6)]
    [InlineData("shop_request_duration_seconds_count{route=\"/buy\"} 4\n", 4)]
    public void The_best_known_counter_decides(string page, double expected) =>
        Assert.Equal(expected, RequestCounter.Read(PrometheusText.Parse(page)));

    [Theory]
    [InlineData("handler", "/debug/pprof/heap")]
    [InlineData("path", "/metrics")]
    [InlineData("route", "/debug/pprof/*profile")]
    public void Reading_profiles_is_no_traffic(string label, string path) => Assert.Equal(
        10, RequestCounter.Read(PrometheusText.Parse($"http_requests_total{{{label}=\"/buy\"}} 10\nhttp_requests_total{{{label}=\"{path}\"}} 99\n")));

    [Theory]
    [InlineData("")]
    [InlineData("go_goroutines 5\n")]
    [InlineData("promhttp_metric_handler_requests_total{code=\"200\"} 3\n")]
    [InlineData("http_client_requests_total 3\n")]
    public void Without_a_request_counter_there_is_no_figure(string page) => Assert.Null(RequestCounter.Read(PrometheusText.Parse(page)));

    [Fact]
    public void A_counter_that_is_not_a_number_is_left_out() =>
        Assert.Equal(1, RequestCounter.Read(PrometheusText.Parse("http_requests_total{a=\"1\"} NaN\nhttp_requests_total{a=\"2\"} 1\n")));
}
