using Plumb.Profiles.Filtering;

namespace Plumb.Profiles.Tests.Filtering;

public class NamePatternTests
{
    [Theory]
    [InlineData("main", "runtime.main", true)]
    [InlineData("Main", "runtime.main", false)]
    [InlineData("(?i)MAIN", "runtime.main", true)]
    [InlineData("^main$", "main", true)]
    [InlineData("main$", "main\n", false)] // in Go $ is the very end
    [InlineData("(?m)main$", "main\nrest", true)]
    [InlineData("[[:alpha:]]+[[:digit:]]", "abc1", true)]
    [InlineData("^[[:upper:][:digit:]]+$", "A1B2", true)]
    [InlineData(@"^\d+$", "٣", false)] // in Go \d is ASCII
    [InlineData(@"^\w+$", "naïve", false)]
    [InlineData(@"\Q(*T).m\E", "pkg.(*T).m", true)]
    [InlineData(@"\x{41}", "A", true)]
    [InlineData(@"\pL", "é", true)]
    [InlineData(@"a\z", "ba", true)]
    [InlineData("[a-z&&[b]]", "&]", true)] // a class, then a bracket: .NET would subtract
    [InlineData("(?P<name>x)y", "xy", true)]
    [InlineData(@"[\d.]+x", "1.2x", true)]
    public void Patterns_mean_what_they_mean_in_Go(string pattern, string text, bool matches)
    {
        NamePattern parsed = NamePattern.Parse(pattern);

        Assert.Null(parsed.Invalid);
        Assert.Equal(matches, parsed.IsMatch(text));
    }

    [Theory]
    [InlineData("(*T).m", "pkg.(*T).m")]
    [InlineData("operator[](", "Foo::operator[](int)")]
    [InlineData("a**", "a**b")]
    [InlineData("(?=x)", "(?=x)")]
    [InlineData(@"(a)\1", @"(a)\1")]
    public void What_is_no_pattern_in_Go_is_taken_literally_and_says_so(string pattern, string text)
    {
        NamePattern parsed = NamePattern.Parse(pattern);

        Assert.NotNull(parsed.Invalid);
        Assert.True(parsed.IsMatch(text));
        Assert.False(parsed.IsMatch("something else"));
    }

    [Fact]
    public void A_pattern_made_to_backtrack_for_ever_does_not()
    {
        NamePattern pattern = NamePattern.Parse("(a+)+$");

        Assert.False(pattern.IsMatch(new string('a', 50_000) + "b"));
    }
}
