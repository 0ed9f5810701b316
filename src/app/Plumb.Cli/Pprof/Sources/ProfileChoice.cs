using Plumb.Cli.Pprof.Shell.Editing;

namespace Plumb.Cli.Pprof.Sources;

/// <summary>Lets a person at a terminal choose one of a service's profiles.</summary>
internal sealed class ProfileChoice(PprofHost host, ProfileIndex index) : ICompleter
{
    /// <returns>The URL; null when none is chosen.</returns>
    public string? Ask(ITerminal terminal)
    {
        host.Error.Write($"{index.Folder} has these profiles:\n{index}");
        var input = new LineEditor(terminal, new LineHistory(), this);
        while (input.ReadLine("which one? ")?.Trim() is { Length: > 0 } name)
        {
            if (index.Names.Contains(name))
                return index.Folder + name;

            host.Error.WriteLine("a name of the list, or nothing to leave");
        }

        return null;
    }

    public Completion Complete(string line) =>
        new(0, [.. index.Names.Where(name => name.StartsWith(line, StringComparison.Ordinal))]) { Ending = "" };
}
