using System.Text;
using Plumb.Reports.Options;

namespace Plumb.Cli.Pprof;

/// <summary>The help text, read off the tables of commands and options.</summary>
internal static class PprofHelp
{
    public static string Text()
    {
        var text = new StringBuilder("""
            usage:

            Print a report:

               plumb pprof <format> [options] [binary] <source> ...

            A source is a file or a URL. Several are added up.

              Output formats (select at most one):

            """);
        foreach (PprofCommand command in PprofCommand.All)
            Row(text, $"-{command.Name}", command.Help);

        text.Append("\n  Options:\n");
        foreach (Option option in OptionTable.All.Where(option => option.Choices.IsEmpty).OrderBy(option => option.Name, StringComparer.Ordinal))
            Row(text, $"-{option.Name}", option.Summary);

        text.Append("\n  Option groups (only set one per group):\n");
        foreach (Option option in OptionTable.All.Where(option => !option.Choices.IsEmpty).OrderBy(option => option.Name, StringComparer.Ordinal))
        {
            Row(text, option.Name, "");
            foreach (OptionChoice choice in option.Choices)
                Row(text, $"  -{choice.Name}", choice.Help.Split('\n')[0]);
        }

        return text.Append("""

              Source options:
                -seconds          Duration for time-based profile collection
                -timeout          Timeout in seconds for profile collection
                -buildid          Override build id for main binary
                -add_comment      Free-form annotation to add to the profile
                -diff_base source Source of base profile for comparison
                -base source      Source of base profile for profile subtraction
                -all_frames       Ignore drop_frames and keep_frames regexps in the profile
                -symbolize=       none, local, fastlocal, remote, force

              Shorthands:
                -inuse_space, -inuse_objects, -alloc_space, -alloc_objects
                                  Same as -sample_index=...
                -total_delay      Same as -sample_index=delay
                -contentions      Same as -sample_index=contentions
                -mean_delay       Same as -mean -sample_index=delay

            """).ToString();
    }

    private static void Row(StringBuilder text, string name, string help) =>
        text.Append($"    {name,-17} {help}".TrimEnd()).Append('\n');
}
