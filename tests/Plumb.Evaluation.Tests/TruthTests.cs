using System.Text.Json;
using Plumb.Evaluation.Series;

namespace Plumb.Evaluation.Tests;

public sealed class TruthTests
{
    [Fact]
    public void A_truth_says_what_leaks_and_where()
    {
        Truth truth = Truth.Parse("""
            {"leaks": true, "exact_functions": ["main.a"], "near_functions": ["main.b"], "growing_resource": "heap", "cause": "memory", "note": "anything"}
            """);

        Assert.True(truth.Leaks);
        Assert.Equal(["main.a"], truth.ExactFunctions);
        Assert.Equal(["main.b"], truth.NearFunctions);
        Assert.Equal("heap", truth.GrowingResource);
        Assert.Equal(["memory"], truth.Cause!);
    }

    [Fact]
    public void Several_causes_may_be_right() =>
        Assert.Equal(["lock", "select"], Truth.Parse("""{"leaks": true, "cause": ["lock", "select"]}""").Cause!);

    [Fact]
    public void A_cause_that_nobody_named_is_unknown_rather_than_wrong() =>
        Assert.Null(Truth.Parse("""{"leaks": true}""").Cause);

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"leaks": "yes"}""")]
    [InlineData("""{"leaks": true, "cause": 3}""")]
    public void What_does_not_say_whether_it_leaks_is_no_truth(string json) =>
        Assert.Throws<JsonException>(() => Truth.Parse(json));
}
