using System.Collections.Immutable;
using Plumb.Symbols.Demangling;
using Plumb.Symbols.Elf;

namespace Plumb.Symbols.Code;

/// <summary>Finds the functions of a binary that a person means with a pattern or an address.</summary>
internal static class SymbolMatching
{
    private static readonly DemangleMode[] Manners = [DemangleMode.Full, DemangleMode.Templates, DemangleMode.Simplified];

    /// <param name="matches">Whether a name is meant.</param>
    /// <param name="address">An address that is meant; null when a name is.</param>
    public static async Task<ImmutableArray<CodeSymbol>> FindAsync(
        SymbolTable table, Func<string, bool> matches, ulong? address, Demangler demangler, CancellationToken cancellationToken)
    {
        List<(int First, int End)> groups = Groups(table);
        var found = new SortedDictionary<int, CodeSymbol>();
        var mangled = new List<(int Group, string Name)>();
        for (int i = 0; i < groups.Count; i++)
        {
            (int first, int end) = groups[i];
            ulong start = table.Symbols[first].Address, last = end < table.Symbols.Length ? table.Symbols[end].Address - 1 : ulong.MaxValue;
            if (address is { } wanted && wanted >= start && wanted <= last)
                found.Add(i, new CodeSymbol([.. Names(table, first, end)], start, last));
            else if (Names(table, first, end).FirstOrDefault(matches) is { } name)
                found.Add(i, new CodeSymbol([name], start, last));
            else
                mangled.AddRange(Names(table, first, end).Where(name => Demangler.IsMangled(name)).Select(name => (i, name)));
        }

        foreach (DemangleMode manner in mangled.Count == 0 ? [] : Manners)
        {
            string?[] names = await demangler.DemangleAsync([.. mangled.Select(pair => pair.Name)], manner, cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < names.Length; i++)
            {
                if (names[i] is { } name && !found.ContainsKey(mangled[i].Group) && matches(name))
                    found.Add(mangled[i].Group, Symbol(table, groups[mangled[i].Group], name));
            }
        }

        return [.. found.Values];
    }

    private static CodeSymbol Symbol(SymbolTable table, (int First, int End) group, string name) => new(
        [name], table.Symbols[group.First].Address, group.End < table.Symbols.Length ? table.Symbols[group.End].Address - 1 : ulong.MaxValue);

    private static IEnumerable<string> Names(SymbolTable table, int first, int end)
    {
        for (int i = first; i < end; i++)
            yield return table.Name(table.Symbols[i]);
    }

    /// <summary>Symbols at the same address are names of one thing.</summary>
    private static List<(int First, int End)> Groups(SymbolTable table)
    {
        var groups = new List<(int, int)>();
        for (int i = 0; i < table.Symbols.Length;)
        {
            int first = i++;
            while (i < table.Symbols.Length && table.Symbols[i].Address == table.Symbols[first].Address)
                i++;

            groups.Add((first, i));
        }

        return groups;
    }
}
