using System.Text.RegularExpressions;
using Plumb.Evaluation.Scoring;

namespace Plumb.Evaluation.Tests;

public sealed partial class CausesTests
{
    [Fact]
    public void Every_pattern_has_a_class_of_causes()
    {
        string page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "reference", "leak-patterns.md"));
        string[] known = [.. Heading().Matches(page).Select(match => match.Groups[1].Value)];

        Assert.NotEmpty(known);
        Assert.Empty(known.Except(Causes.Patterns));
    }

    [GeneratedRegex(@"^## ([a-z0-9-]+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
