using System.Globalization;
using System.Text.RegularExpressions;
using Plumb.Profiles;
using Plumb.Profiles.Symbols;

namespace Plumb.Symbols.Remote;

/// <summary>Gets the names of functions from the services that profiles came from. They know no files and lines.</summary>
/// <remarks>The protocol is that of gperftools: addresses joined by <c>+</c> go in, lines with an address and a name come back.</remarks>
internal sealed partial class RemoteSymbolizer(IRemoteSymbols service, IReadOnlyList<RemoteMapping> sources)
{
    // A query that even a frugal service takes.
    private const int AddressesAtOnce = 4096;

    public async Task SymbolizeAsync(Profile profile, SymbolEditor editor, bool isForced, ICollection<string> notes, CancellationToken cancellationToken)
    {
        for (int i = 0; i < profile.Mappings.Count; i++)
        {
            var id = new MappingId(i);
            Mapping mapping = editor.Mapping(id);
            if (mapping.HasFunctions && !isForced)
                continue;

            RemoteMapping? source = sources.FirstOrDefault(candidate => candidate.IsOf(mapping));
            if (source is null)
                continue;

            try
            {
                await SymbolizeAsync(profile, editor, id, source, cancellationToken).ConfigureAwait(false);
            }
            catch (SymbolizationException e)
            {
                notes.Add($"remote symbolization: {e.Message}");
            }
        }
    }

    private async Task SymbolizeAsync(Profile profile, SymbolEditor editor, MappingId id, RemoteMapping source, CancellationToken cancellationToken)
    {
        ulong shift = source.Start - editor.Mapping(id).Start;
        var wanted = new Dictionary<ulong, List<LocationId>>();
        for (int i = 0; i < profile.Locations.Count; i++)
        {
            Location location = profile.Locations[new LocationId(i)];
            if (location.Mapping != id || location.Address == 0 || editor.HasLines(location.Id))
                continue;

            ulong address = unchecked(location.Address + shift);
            if (!wanted.TryGetValue(address, out List<LocationId>? locations))
                wanted.Add(address, locations = []);

            locations.Add(location.Id);
        }

        Uri endpoint = SymbolEndpoint.Beside(source.Source);
        foreach (ulong[] addresses in wanted.Keys.Chunk(AddressesAtOnce))
        {
            string question = string.Join('+', addresses.Select(address => string.Create(CultureInfo.InvariantCulture, $"0x{address:x}")));
            Apply(await service.PostAsync(endpoint, question, cancellationToken).ConfigureAwait(false), wanted, editor);
        }

        editor.SetMapping(id, editor.Mapping(id) with { HasFunctions = true });
    }

    private static void Apply(string answer, Dictionary<ulong, List<LocationId>> wanted, SymbolEditor editor)
    {
        foreach (ReadOnlySpan<char> line in answer.AsSpan().EnumerateLines())
        {
            foreach (ValueMatch match in Answer().EnumerateMatches(line))
            {
                ReadOnlySpan<char> found = line[match.Index..];
                int digits = found[2..].IndexOfAny(' ', '\t');
                string name = found[(digits + 2)..].Trim().ToString();
                if (!ulong.TryParse(found.Slice(2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong address)
                    || name.Length == 0 || !wanted.TryGetValue(address, out List<LocationId>? locations))
                    break;

                FunctionId function = editor.Function(name, name, "", 0);
                foreach (LocationId location in locations)
                    editor.SetLines(location, [new Line(function, 0)]);

                break;
            }
        }
    }

    [GeneratedRegex(@"0x[0-9a-fA-F]+[ \t]", RegexOptions.NonBacktracking)]
    private static partial Regex Answer();
}
