using Plumb.Cli.Pprof.Shell.Editing;

namespace Plumb.Cli.Pprof.Sources;

/// <summary>Lets a person at a terminal choose one of a service's profiles.</summary>
internal sealed class ProfileChoice(PprofHost host, ProfileIndex index) : ICompleter
{
    /// <returns>The URL; null when none is chosen.</returns>
    public string? Ask(ITerminal terminal)
    {
        host.Error.Write($"{index.Folder} has these profiles:\n{index.Rows("")}");
        var input = new LineEditor(terminal, new LineHistory(), this);
        while (input.ReadLine("which one? ")?.Trim() is { Length: > 0 } name)
        {
            // The beginning of a name will do where it is that of one only.
            string[] meant = index.Names.Contains(name) ? [name] : [.. index.Names.Where(candidate => candidate.StartsWith(name, StringComparison.Ordinal))];
            if (meant is [string chosen])
                return index.Folder + chosen;

            if (name is "q" or "quit" or "exit")
                return null;

            host.Error.WriteLine("a name of the list, or nothing to leave");
        }

        return null;
    }

    public Completion Complete(string line) =>
        new(0, [.. index.Names.Where(name => name.StartsWith(line, StringComparison.Ordinal))]) { Ending = "" };
}
