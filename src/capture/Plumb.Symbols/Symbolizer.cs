using Plumb.Profiles;
using Plumb.Profiles.Symbols;
using Plumb.Symbols.Demangling;
using Plumb.Symbols.Local;
using Plumb.Symbols.Remote;
using Plumb.Symbols.Tools;

namespace Plumb.Symbols;

/// <summary>
/// Fills in what a profile does not say of its addresses: functions, files, lines and inlined calls. First from the binaries of this
/// machine, then from the services that the profile came from. What cannot be found stays as it is, and is told.
/// </summary>
public sealed class Symbolizer
{
    private readonly Lazy<Toolbox> _tools;
    private readonly IRemoteSymbols? _remote;

    /// <param name="tools">Asked for when a tool is needed, so that a profile with symbols costs no search.</param>
    /// <param name="remote">Asks services; null to ask none.</param>
    public Symbolizer(Lazy<Toolbox> tools, IRemoteSymbols? remote = null)
    {
        _tools = tools;
        _remote = remote;
    }

    /// <inheritdoc cref="Symbolizer(Lazy{Toolbox}, IRemoteSymbols)"/>
    public Symbolizer(Toolbox tools, IRemoteSymbols? remote = null)
        : this(new Lazy<Toolbox>(tools), remote)
    {
    }

    /// <param name="profile">Its mappings name files of this machine, as far as they were found (<see cref="Binaries.BinarySearch"/>).</param>
    /// <param name="sources">Which services know about which mappings.</param>
    /// <param name="notes">Receives what the user should know: what was not found, and why.</param>
    /// <returns>The same profile when there is nothing to add.</returns>
    public async Task<Profile> SymbolizeAsync(
        Profile profile, SymbolizeMode mode, IReadOnlyList<RemoteMapping> sources, ICollection<string> notes, CancellationToken cancellationToken = default)
    {
        if (mode.IsNone)
            return profile;

        bool asksServices = mode.IsRemote && _remote is not null && sources.Count > 0;
        profile = WithMapping(profile, asksServices);
        if (HasWork(profile, mode.IsForced))
            profile = await AddSymbolsAsync(profile, mode, asksServices ? sources : [], notes, cancellationToken).ConfigureAwait(false);

        try
        {
            return await FunctionNames.RestoreAsync(profile, mode.Demangling, mode.IsForced, new Demangler(_tools), cancellationToken).ConfigureAwait(false);
        }
        catch (SymbolizationException e)
        {
            notes.Add($"demangling: {e.Message}");
            return profile;
        }
    }

    private async Task<Profile> AddSymbolsAsync(
        Profile profile, SymbolizeMode mode, IReadOnlyList<RemoteMapping> sources, ICollection<string> notes, CancellationToken cancellationToken)
    {
        var editor = new SymbolEditor(profile);
        if (mode.IsLocal)
            await new LocalSymbolizer(_tools.Value, mode.IsFast).SymbolizeAsync(profile, editor, mode.IsForced, notes, cancellationToken).ConfigureAwait(false);

        if (sources.Count > 0)
            await new RemoteSymbolizer(_remote!, sources).SymbolizeAsync(profile, editor, mode.IsForced, notes, cancellationToken).ConfigureAwait(false);

        return editor.Build();
    }

    // Go's older profiles name no mapping, but the service still knows their addresses.
    private static Profile WithMapping(Profile profile, bool asksServices)
    {
        if (!asksServices || profile.Mappings.Count > 0 || profile.Locations.Count == 0)
            return profile;

        var editor = new SymbolEditor(profile);
        editor.SetOnlyMapping(Mapping.Unknown);
        return editor.Build();
    }

    private static bool HasWork(Profile profile, bool isForced)
    {
        foreach (Mapping mapping in profile.Mappings.Rows)
        {
            if (isForced || !mapping.HasFunctions)
                return true;
        }

        return false;
    }
}
