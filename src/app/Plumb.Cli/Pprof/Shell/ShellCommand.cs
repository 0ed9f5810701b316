using System.Globalization;
using Plumb.Reports;
using Plumb.Reports.Options;

namespace Plumb.Cli.Pprof.Shell;

/// <summary>A report as it is asked for in the shell: <c>top10 main -runtime -cum &gt;out.txt</c>.</summary>
internal sealed record ShellCommand(PprofCommand Command, string? Pattern, ReportOptions Options)
{
    private const int TopCount = 10;

    /// <param name="words">The line, split at spaces; at least one word.</param>
    /// <param name="options">What is set in the shell. The command's own settings end with it.</param>
    /// <exception cref="UsageException">The words are no command.</exception>
    public static ShellCommand Parse(string[] words, ReportOptions options)
    {
        (PprofCommand command, List<string> arguments) = Find(words);
        string? pattern = null;
        if (command.TakesPattern)
        {
            pattern = arguments.Count > 0 ? arguments[0] : throw new UsageException($"command {command.Name} requires an argument");
            arguments.RemoveAt(0);
        }

        options = WithArguments(command, arguments, options);
        if (options.NodeCount == -1 && command.Format == ReportFormat.Top)
            options = options with { NodeCount = TopCount };

        return new ShellCommand(command, pattern, options);
    }

    private static (PprofCommand Command, List<string> Arguments) Find(string[] words)
    {
        string name = words[0];
        List<string> arguments = [.. words[1..]];
        if (PprofCommand.Find(name) is { } command)
            return (command, arguments);

        // top10 is top 10.
        string bare = name.TrimEnd("0123456789".ToCharArray());
        if (bare.Length < name.Length && PprofCommand.Find(bare) is { } numbered)
            return (numbered, [name[bare.Length..], .. arguments]);

        if (OptionTable.Find(name) is not null)
            throw new UsageException($"did you mean: {name}={(arguments.Count > 0 ? arguments[0] : "<val>")}");

        throw new UsageException($"unrecognized command: \"{name}\"{(Meant(name) is { } meant ? $"; did you mean {meant}?" : "")}");
    }

    // topp, or focuss=main.
    private static string? Meant(string name)
    {
        int equals = name.IndexOf('=', StringComparison.Ordinal);
        IEnumerable<string> options = [.. OptionTable.All.Select(option => option.Name), .. OptionTable.Choices.Keys];
        return equals < 0
            ? Suggestion.For(name, [.. PprofCommand.All.Select(command => command.Name), .. options, "help", "options", "quit", "exit"])
            : Suggestion.For(name[..equals], options) is { } option ? option + name[equals..] : null;
    }

    private static ReportOptions WithArguments(PprofCommand command, List<string> arguments, ReportOptions options)
    {
        var focus = new List<string>();
        var ignore = new List<string>();
        for (int i = 0; i < arguments.Count; i++)
        {
            string word = arguments[i];
            if (int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int count))
                options = options with { NodeCount = count };
            else if (word is "-cum" or "--cum")
                options = options with { Sort = SortOrder.Cum };
            else if (word is "-json" or "--json")
                options = options with { Json = true };
            else if (word.StartsWith('-'))
                ignore.AddRange(word.Length > 1 ? [word[1..]] : []);
            else if (!word.StartsWith('>'))
                focus.Add(word);
            else if (word.Length > 1)
                options = options with { Output = word[1..] };
            else if (++i < arguments.Count)
                options = options with { Output = arguments[i] };
            else
                throw new UsageException("unexpected end of line after >");
        }

        string wanted = PatternText.Any(focus), unwanted = PatternText.Any(ignore);
        if (command.Format == ReportFormat.Tags)
            return options with { TagFocus = Or(wanted, options.TagFocus), TagIgnore = Or(unwanted, options.TagIgnore) };

        return options with { Focus = Or(wanted, options.Focus), Ignore = Or(unwanted, options.Ignore) };
    }

    private static string Or(string given, string set) => given.Length > 0 ? given : set;
}
