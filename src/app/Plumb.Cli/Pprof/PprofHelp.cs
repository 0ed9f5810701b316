using System.Text;
using Plumb.Reports.Options;

namespace Plumb.Cli.Pprof;

/// <summary>The help text, read off the tables of commands and options.</summary>
internal static class PprofHelp
{
    private const int NameWidth = 17;

    public static string Text()
    {
        var text = new StringBuilder("""
            usage:

            Print a report:

               plumb pprof <format> [options] [binary] <source> ...

            Without a format a shell opens, in which each format is a command:

               plumb pprof [options] [binary] <source> ...

            Or a page in the browser:

               plumb pprof -http=[host]:[port] [options] [binary] <source> ...

            A source is a file or a URL. Several are added up.

              Output formats (select at most one):

            """);
        Tables(text, "-");
        Flags(text);
        return text.Append("""

              Environment:
                PPROF_TMPDIR      Where fetched profiles are saved (default $HOME/pprof)
                PPROF_TOOLS       Search path for object tools
                PPROF_BINARY_PATH Search path for binaries (default $HOME/pprof/binaries)
                BROWSER           The browser of -web and -weblist

            """).ToString();
    }

    /// <summary>The help of the shell.</summary>
    public static string ShellText()
    {
        var text = new StringBuilder("  Commands:\n");
        Tables(text, "");
        return text.Append("""

              command [n] [focus_regex]* [-ignore_regex]* [-cum] [>file]
              name=value sets an option; a switch or a choice needs no value

                o/options         List options and their current values
                :                 Clear focus/ignore/hide/tagfocus/tagignore
                <sample type>     Show that type; also total_<type> and mean_<type>
                q/quit/exit/^D    Exit

              type "help <cmd|option>" for more information
            """).ToString();
    }

    /// <summary>What is known of one command or option; null when there is none of that name.</summary>
    public static string? Topic(string name) =>
        PprofCommand.Find(name) is { } command ? $"{command.Help}\n  Usage:\n    {command.Usage.Replace("\n", "\n    ", StringComparison.Ordinal)}"
        : OptionTable.Find(name) is { } option ? option.Choices.IsEmpty ? option.Help : Group(option)
        : OptionTable.Choices.TryGetValue(name, out Option? group) ? group.Choices.First(choice => choice.Name == name).Help
        : null;

    private static string Group(Option option) =>
        $"{option.Name}, one of:\n{string.Join('\n', option.Choices.Select(choice => $"  {choice.Name,-15} {choice.Help.Replace("\n", $"\n{"",18}", StringComparison.Ordinal)}"))}";

    private static void Tables(StringBuilder text, string prefix)
    {
        foreach (PprofCommand command in PprofCommand.All)
            Row(text, $"{prefix}{command.Name}", command.Help);

        text.Append("\n  Options:\n");
        foreach (Option option in OptionTable.All.Where(option => option.Choices.IsEmpty).OrderBy(option => option.Name, StringComparer.Ordinal))
            Row(text, $"{prefix}{option.Name}", option.Summary);

        text.Append("\n  Option groups (only set one per group):\n");
        foreach (Option option in OptionTable.All.Where(option => !option.Choices.IsEmpty).OrderBy(option => option.Name, StringComparer.Ordinal))
        {
            Row(text, option.Name, "");
            foreach (OptionChoice choice in option.Choices)
                Row(text, $"  {prefix}{choice.Name}", choice.Help.Split('\n')[0]);
        }
    }

    private static void Flags(StringBuilder text)
    {
        foreach (IGrouping<string, SourceFlag> section in SourceFlag.All.Where(flag => flag.Section.Length > 0).GroupBy(flag => flag.Section))
        {
            text.Append($"\n  {section.Key}:\n");
            foreach (SourceFlag flag in section)
            {
                string name = $"-{flag.Name} {flag.Argument}".TrimEnd();
                IEnumerable<string> lines = flag.Help.Split('\n');
                if (name.Length > NameWidth)
                    lines = lines.Prepend("");
                foreach ((int i, string line) in lines.Index())
                    Row(text, i == 0 ? name : "", line);
            }
        }
    }

    private static void Row(StringBuilder text, string name, string help) =>
        text.Append($"    {name.PadRight(NameWidth)} {help}".TrimEnd()).Append('\n');
}
