using System.Text;
using System.Text.RegularExpressions;
using Plumb.Cli.Pprof;

namespace Plumb.Cli.Tests.Pprof;

/// <summary>
/// Each deviation from pprof, as it is seen: the files below <c>testdata/golden/pprof/deviations</c> begin with a command line, and go on with what it
/// prints. <c>./dev bless</c> writes them anew.
/// </summary>
/// <remarks>
/// After <c>$</c> stands the command, run in <c>testdata/deviations</c> without any other program in reach; after <c>></c> what is typed into its shell; after
/// <c>!</c> what it says beside the report. <c>SERVICE</c> is the address of a service, and <c>(on a terminal)</c> says where the output goes.
/// </remarks>
public sealed partial class DeviationTests : IDisposable
{
    private const string OnTerminal = " (on a terminal)";

    private readonly string _home = Directory.CreateTempSubdirectory("plumb-deviation").FullName;

    public static TheoryData<string> Transcripts =>
        [.. Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static string Folder => PprofGolden.TestFolder("golden", "pprof", "deviations");

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Theory]
    [MemberData(nameof(Transcripts))]
    public void What_differs_is_seen_as_it_is_listed(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, name));
        string command = lines[0];
        Assert.StartsWith("$ plumb pprof ", command, StringComparison.Ordinal);
        string[] typed = [.. lines.Skip(1).TakeWhile(line => line.StartsWith("> ", StringComparison.Ordinal))];

        PprofGolden.Matches($"deviations/{name}", string.Concat([.. lines[..(1 + typed.Length)].Select(line => line + "\n"), Run(command, typed)]));
    }

    private string Run(string command, string[] typed)
    {
        using ServiceStandIn service = Service();
        bool isTerminal = command.EndsWith(OnTerminal, StringComparison.Ordinal);
        string words = isTerminal ? command[..^OnTerminal.Length] : command;
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        var host = new PprofHost(output, error, isTerminal, PprofGolden.TestFolder("deviations"), Variable, TimeZoneInfo.Utc)
        {
            Input = () => new StringReader(string.Join('\n', typed.Select(line => line[2..]))),
        };

        int exitCode = PprofProgram.Run([.. Words(words.Replace("SERVICE", service.Address, StringComparison.Ordinal)).Skip(2)], host);

        string said = string.Concat(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"! {line}\n"));
        string printed = Encoding.UTF8.GetString(output.ToArray());
        string all = $"{said}{printed}{(printed is "" or [.., '\n'] ? "" : "\n")}{(exitCode == 0 ? "" : $"! exit code {exitCode}\n")}";
        return all.Replace(service.Address, "SERVICE", StringComparison.Ordinal)
            .Replace(_home, "HOME", StringComparison.Ordinal)
            .Replace(host.Directory, "HERE", StringComparison.Ordinal);
    }

    private static ServiceStandIn Service()
    {
        byte[] heap = File.ReadAllBytes(Path.Combine(PprofGolden.TestFolder("deviations"), "addresses.txt"));
        const string Page = "<html><a href='heap?debug=1'>heap</a><a href='profile?debug=1'>profile</a><a href='goroutine?debug=1'>goroutine</a></html>";
        return new ServiceStandIn().With("/debug/pprof/", Page).With("/debug/pprof/heap", heap);
    }

    private string? Variable(string name) => name == "HOME" ? _home : null;

    // Quotes are single and keep what is between them together.
    private static IEnumerable<string> Words(string command) =>
        Word().Matches(command["$ ".Length..]).Select(word => word.Value.Replace("'", "", StringComparison.Ordinal));

    [GeneratedRegex("(?:'[^']*'|[^ '])+")]
    private static partial Regex Word();
}
