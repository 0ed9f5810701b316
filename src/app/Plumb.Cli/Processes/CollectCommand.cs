using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Arguments;

namespace Plumb.Cli.Processes;

/// <summary><c>plumb collect</c>: one profile of a .NET process, written to a file.</summary>
internal sealed class CollectCommand
{
    private readonly Argument<CollectKind> _kind = new("PROFILE")
    {
        Description = $"What is taken: {string.Join(", ", CollectKind.All.Select(kind => kind.Name))}.",
        CustomParser = result => CollectKind.Find(result.Tokens[0].Value) ?? Fail(result),
    };

    private readonly Option<int?> _pid = new("--pid", "-p") { Description = "The number of a .NET process on this machine.", HelpName = "N" };

    private readonly Option<TimeSpan?> _for = new("--for")
    {
        Description = "How long is measured: 30s, 1m. Default: 10s, of cpu 30s; what is taken at once takes no time.",
        HelpName = "TIME",
        CustomParser = result => DurationText.TryParse(result.Tokens[0].Value, out TimeSpan time) ? time : FailDuration(result),
    };

    private readonly Option<bool> _collect = new("--gc") { Description = "Collect garbage before: of heap, allocs, types, goroutine." };
    private readonly Option<bool> _text = new("--text") { Description = "As text for people." };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The file to write; - for standard output. Default: process-N.PROFILE.001.pb.gz here, or the next number that is free.", HelpName = "FILE" };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Nothing but errors on stderr." };

    /// <summary>Runs <c>plumb collect</c> with the arguments behind the word "collect".</summary>
    public static int Run(string[] arguments) => CommandLineHost.Run(new CollectCommand().Build(), arguments);

    private Command Build()
    {
        Command collect = new("collect", "Take one profile of a .NET process that has no endpoints.") { _kind, _pid, _for, _collect, _text, _output, _quiet };
        collect.SetAction(result => Problem(result) is { } problem
            ? CommandLineHost.Refuse("collect", [problem])
            : CommandHost.Run("collect", stop => new CollectRun(OptionsOf(result)).RunAsync(stop).GetAwaiter().GetResult()));
        return collect;
    }

    private string? Problem(ParseResult result)
    {
        CollectKind kind = result.GetValue(_kind)!;
        return (result.GetValue(_pid), result.GetValue(_for)) switch
        {
            (null, _) => "--pid says which process",
            (_, { } time) when time < TimeSpan.FromSeconds(1) || time > CollectOptions.Longest => string.Create(
                CultureInfo.InvariantCulture, $"--for goes from 1s to {CollectOptions.Longest.TotalMinutes:0}m"),
            _ when result.GetValue(_text) && !kind.HasText => $"{kind.Name} has one form only: leave --text out",
            _ when result.GetValue(_collect) && !kind.CanCollect => $"{kind.Name} is not about the heap: leave --gc out",
            _ => null,
        };
    }

    private CollectOptions OptionsOf(ParseResult result) => new()
    {
        Kind = result.GetValue(_kind)!,
        Pid = result.GetValue(_pid)!.Value,
        For = result.GetValue(_for),
        CollectsGarbage = result.GetValue(_collect),
        AsText = result.GetValue(_text),
        Output = result.GetValue(_output),
        Quiet = result.GetValue(_quiet),
    };

    private static CollectKind Fail(ArgumentResult result)
    {
        result.AddError($"there is no profile '{result.Tokens[0].Value}': there are {string.Join(", ", CollectKind.All.Select(kind => kind.Name))}");
        return CollectKind.All[0];
    }

    private static TimeSpan? FailDuration(ArgumentResult result)
    {
        result.AddError($"'{result.Tokens[0].Value}' is not a duration: write 30s, 1m or 500ms");
        return null;
    }
}
