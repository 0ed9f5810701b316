using System.Text.RegularExpressions;

namespace Plumb.Repository.Tests;

public sealed partial class ReadmeTests
{
    // Every page that shows commands.
    public static TheoryData<string> Pages => [.. Repository.FilesNamed(".md").Where(f => f == "README.md" || f.StartsWith("docs/guide/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Commands_of_the_checkout_exist(string page)
    {
        foreach (Match command in CheckoutCommand().Matches(Shell(page)))
            Assert.True(File.Exists(Path.Combine(Repository.Root, command.Groups[1].Value)), $"{page}: {command.Value}");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Subcommands_of_plumb_and_dev_exist(string page)
    {
        string help = Repository.Read("dev") + string.Join('\n', Repository.FilesNamed(".cs")
            .Where(f => f.StartsWith("src/app/Plumb.Cli/", StringComparison.Ordinal)).Select(Repository.Read));
        foreach (Match command in Subcommand().Matches(Shell(page)))
            Assert.Matches($"""(\./dev |\b|"){Regex.Escape(command.Groups[1].Value)}\b""", help);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_inside_the_repository_lead_somewhere(string page)
    {
        foreach (Match link in Link().Matches(Repository.Read(page)))
        {
            string target = Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, link.Groups[1].Value);
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{page} links to {link.Groups[1].Value}");
        }
    }

    private static string Shell(string page) =>
        string.Join('\n', ShellBlock().Matches(Repository.Read(page)).Select(block => block.Groups[1].Value));

    [GeneratedRegex("```(?:sh|console)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"(?<=^|\s)\./([A-Za-z0-9_./-]+)", RegexOptions.Multiline)]
    private static partial Regex CheckoutCommand();

    [GeneratedRegex(@"\./(?:plumb|dev) ([a-z]+)")]
    private static partial Regex Subcommand();

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)([^)#\s]+)")]
    private static partial Regex Link();
}
