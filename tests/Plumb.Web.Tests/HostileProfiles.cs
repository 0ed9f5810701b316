using Plumb.Profiles;
using Plumb.Profiles.Folded;

namespace Plumb.Web.Tests;

/// <summary>Profiles that somebody made to do harm, or that a broken program wrote.</summary>
internal static class HostileProfiles
{
    public const string Markup = "<img src=x onerror=alert(1)><script>alert(2)</script>";

    /// <summary>Markup wherever a profile may hold text, file names that would be links or paths, and control characters.</summary>
    public static Profile Texts { get; } = MakeTexts();

    /// <summary>A name of 100,000 characters, a stack of 3,000 frames, and a cycle of calls.</summary>
    public static Profile Sizes { get; } = FoldedText.Parse($"""
        main;{new string('x', 100_000)};leaf 5
        main;{string.Join(';', Enumerable.Range(0, 3000).Select(i => $"deep{i}"))} 3
        main;{string.Join(';', Enumerable.Range(0, 300).Select(i => i % 2 == 0 ? "ping" : "pong"))} 2
        """);

    /// <summary>Values at the ends of what there is, that add up to nothing.</summary>
    public static Profile Values { get; } = FoldedText.Parse($"""
        main;most {long.MaxValue / 4}
        main;least -{long.MaxValue / 4}
        main;nothing 0
        """);

    public static Profile Empty { get; } = new ProfileBuilder(SampleType.Cpu).Build();

    private static Profile MakeTexts()
    {
        var builder = new ProfileBuilder(new SampleType(Markup, Markup));
        LocationId leaf = builder.Location(builder.Function(Markup, "javascript:alert(3)", 1), 1);
        LocationId path = builder.Location(builder.Function("main.\u001b[31mred\u202e", "/etc/passwd", 1), 1);
        LocationId root = builder.Location(builder.Function("\"><svg onload=alert(4)>", "../../../../etc/shadow", 1), 1);
        builder.AddSample(builder.Stack([leaf, path, root]), [5], builder.LabelSet(Label.OfText(builder.String(Markup), builder.String("javascript:alert(5)"))));
        builder.Header = builder.Header with { Comments = [Markup], DocUrl = "javascript:alert(6)" };
        return builder.Build();
    }
}
