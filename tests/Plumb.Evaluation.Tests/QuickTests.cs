using System.Text.Json.Nodes;
using Plumb.Evaluation.Quick;
using Plumb.Evaluation.Recording;

namespace Plumb.Evaluation.Tests;

/// <summary>What is asked of a watch of thirty seconds.</summary>
public sealed class QuickTests
{
    private static readonly Scenario[] s_scenarios = [Named("orders-quote-timeout"), Named("media-files-open"), Named("accounts-attachments-kept"), Named("cache-fills")];

    [Fact]
    public void Goroutines_and_files_are_always_promised_and_objects_from_a_size_on()
    {
        QuickArguments arguments = QuickArguments.Parse(["shop", "--plumb", "plumb", "--bytes", "65536,4096,16384", "--promised-bytes", "16384"]);

        IReadOnlyList<QuickCase> cases = QuickCase.All(s_scenarios, arguments);

        Assert.Equal(
            [("a goroutine", true), ("an open file", true), ("an object of 4 KiB", false), ("an object of 16 KiB", true), ("an object of 64 KiB", true)],
            cases.Select(one => (one.Leftover, one.IsPromised)));
        Assert.Equal(["--attachment-bytes", "4096"], cases[2].Flags);
    }

    [Fact]
    public void A_program_without_the_scenarios_is_refused()
    {
        QuickArguments arguments = QuickArguments.Parse(["shop", "--plumb", "plumb"]);

        ArgumentException wrong = Assert.Throws<ArgumentException>(() => QuickCase.All([Named("orders-quote-timeout")], arguments));

        Assert.Contains("media-files-open", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a program of the lab")]
    [InlineData("--plumb is needed", "shop")]
    [InlineData("--runs wants a value", "shop", "--plumb", "plumb", "--runs")]
    [InlineData("no number above 0", "shop", "--plumb", "plumb", "--bytes", "16384,none")]
    [InlineData("'--often' is not understood", "shop", "--plumb", "plumb", "--often", "3")]
    public void What_cannot_be_run_is_explained(string words, params string[] arguments) =>
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => QuickArguments.Parse(arguments)).Message, StringComparison.Ordinal);

    private static Scenario Named(string name) => new(name, "", Leaks: true, Rate: 10, new JsonObject { ["leaks"] = true });
}
