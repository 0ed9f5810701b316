using System.Text.RegularExpressions;
using Plumb.EndToEnd.Tests.Lab;
using Plumb.Leaks.Knowledge;

namespace Plumb.EndToEnd.Tests;

/// <summary>
/// Services in .NET, each with its mended twin beside it. What every defect leaves in the profiles is in the fixtures of the patterns; here are
/// those that differ in what shows them: the heap alone, pending calls, connections, a container, a server that others run.
/// </summary>
public sealed partial class DotNetLabTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    public static TheoryData<string> Defects => [.. DotNetLab.Defects.Where(d => d.IsLeak).Select(d => d.Name)];

    [DotNetTheory]
    [InlineData("timer")]
    [InlineData("captive-disposables")]
    [InlineData("task-never-completed")]
    [InlineData("http-response")]
    public async Task A_leak_is_named_and_its_mended_twin_is_not_accused(string name) => await LookAtBothAsync(name, "");

    [DotNetTheory("redis")]
    [InlineData("redis")]
    public async Task A_client_of_a_server_is_named_and_its_mended_twin_is_not_accused(string name) => await LookAtBothAsync(name, redis.Arguments[1]);

    [DotNetTheory]
    [InlineData("bounded-cache", "traffic-ramp")]
    public async Task What_only_looks_like_a_leak_is_not_accused(string one, string other)
    {
        DotNetRun[] runs = await Task.WhenAll(DotNetLab.LookAtAsync("healthy", one), DotNetLab.LookAtAsync("healthy", other));

        Assert.All(runs, run => run.StaysSilent());
    }

    [Theory]
    [MemberData(nameof(Defects))]
    public void A_defect_marks_its_lines_and_has_a_known_pattern(string name)
    {
        DotNetDefect defect = DotNetLab.Defects.Single(d => d.Name == name);
        string source = File.ReadAllText(Path.Combine(DotNetLab.Sources, "Defects", defect.File));
        string[] names = defect.Function.Split('.');

        Assert.NotEmpty(DotNetLab.LeakingLines(defect));
        Assert.Contains(KnowledgeBase.Patterns, pattern => pattern.Id == defect.Pattern);
        Assert.Equal("Shop.Defects", string.Join('.', names[..2]));
        Assert.Equal(defect.File, $"{names[2]}.cs");
        Assert.Contains(Declarations().Matches(source), method => method.Groups["name"].Value == names[^1]);
    }

    private static async Task LookAtBothAsync(string name, string peer)
    {
        (DotNetRun leak, DotNetRun mended) = await DotNetLab.LookAtTwinsAsync(name, peer);

        leak.NamesTheLine();
        mended.StaysSilent();
    }

    [GeneratedRegex(@"^\s+(private|public) .*?(?<name>\w+)\(", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Declarations();
}
