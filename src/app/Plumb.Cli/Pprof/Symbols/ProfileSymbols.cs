using System.Collections.Immutable;
using Plumb.Profiles;
using Plumb.Symbols;
using Plumb.Symbols.Binaries;
using Plumb.Symbols.Remote;
using Plumb.Symbols.Tools;

namespace Plumb.Cli.Pprof.Symbols;

/// <summary>Finds the binaries of profiles, and the symbols that they lack, as the command line and the environment say.</summary>
internal sealed class ProfileSymbols
{
    private readonly PprofHost _host;
    private readonly PprofArguments _arguments;
    private readonly string _mainBinary;

    public ProfileSymbols(PprofHost host, PprofArguments arguments)
    {
        _host = host;
        _arguments = arguments;
        string places = arguments.Tools.Length > 0 ? arguments.Tools : Variable("PPROF_TOOLS");
        Tools = new Lazy<Toolbox>(() => Toolbox.Find(places, Variable("PATH")));
        (_mainBinary, Sources) = Split(host, arguments.Sources);
    }

    /// <summary>The programs of this machine; looked for when something needs one.</summary>
    public Lazy<Toolbox> Tools { get; }

    /// <summary>Where profiles come from: all sources but a binary before them.</summary>
    public ImmutableArray<string> Sources { get; }

    /// <summary>The profile with the binaries of this machine in the place of those that it names.</summary>
    public Profile Locate(Profile profile)
    {
        var notes = new List<string>();
        var search = new BinarySearch(Variable("PPROF_BINARY_PATH"), Variable("HOME"), _host.Directory);
        profile = search.Locate(profile, _mainBinary, _arguments.BuildId, notes);
        Say(notes);
        return profile;
    }

    /// <summary>The profile with what could be found out about its addresses.</summary>
    /// <param name="services">Services that know about mappings.</param>
    /// <param name="remote">Asks them; null when no profile came from one.</param>
    public Profile Symbolize(
        Profile profile, IReadOnlyList<RemoteMapping> services, IRemoteSymbols? remote, CancellationToken cancellationToken = default)
    {
        var notes = new List<string>();
        SymbolizeMode mode = SymbolizeMode.Parse(_arguments.Symbolize, notes);
        profile = new Symbolizer(Tools, remote).SymbolizeAsync(profile, mode, services, notes, cancellationToken).GetAwaiter().GetResult();
        Say(notes);
        return profile;
    }

    private static (string MainBinary, ImmutableArray<string> Sources) Split(PprofHost host, ImmutableArray<string> sources)
    {
        if (sources.Length < 2)
            return ("", sources);

        try
        {
            return (ObjectFile.Open(Path.Combine(host.Directory, sources[0])).Path, sources[1..]);
        }
        catch (SymbolizationException)
        {
            return ("", sources);
        }
    }

    private string Variable(string name) => _host.Environment(name) ?? "";

    private void Say(List<string> notes)
    {
        foreach (string line in notes.SelectMany(note => note.Split('\n')))
            _host.Error.WriteLine(TerminalText.Escape(line));
    }
}
