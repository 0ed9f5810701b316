using System.CommandLine;
using Plumb.Profiles;

namespace Plumb.Cli.Leaks.Arguments;

/// <summary>Parses and runs one command the way all of them do: what is wrong is told in a line each, with exit code 2.</summary>
internal static class CommandLineHost
{
    /// <param name="command">The command.</param>
    /// <param name="arguments">What stands behind its name.</param>
    public static int Run(Command command, string[] arguments)
    {
        RootCommand root = new("Plumb finds the line of code that leaks.") { command };
        ParseResult result = root.Parse([command.Name, .. arguments]);
        return result.Errors.Count > 0
            ? Refuse(command.Name, result.Errors.Select(error => error.Message))
            // Ctrl-C has a meaning of its own here, so the library is kept from handling it.
            : result.Invoke(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    public static int Refuse(string command, IEnumerable<string> problems)
    {
        foreach (string problem in problems)
        {
            Console.Error.WriteLine($"plumb {command}: {TerminalText.Escape(problem)}");
        }

        Console.Error.WriteLine($"'plumb {command} --help' lists the options.");
        return ExitCodes.Error;
    }
}
