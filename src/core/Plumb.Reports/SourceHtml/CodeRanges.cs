using Plumb.Profiles;
using Plumb.Reports.Disassembly;

namespace Plumb.Reports.SourceHtml;

/// <summary>The parts of binaries worth disassembling: around the addresses that a pattern is about, those with the most samples first.</summary>
internal static class CodeRanges
{
    // Enough to see the loop that an instruction is in.
    private const ulong Around = 500;
    private const int Most = 25;

    /// <param name="rest">Receives the addresses whose binary is not there.</param>
    public static List<CodeRange> Of(CodeSamples samples, Profile profile, IMachineCode code, List<ulong> rest)
    {
        var known = new List<(ulong Address, Mapping Mapping)>();
        foreach ((ulong address, LocationId id) in samples.Addresses.OrderBy(pair => pair.Key))
        {
            MappingId mapping = profile.Locations[id].Mapping;
            if (profile.Locations[id].Address != 0 && !mapping.IsNone && code.CanRead(profile.Mappings[mapping]))
                known.Add((address, profile.Mappings[mapping]));
            else
                rest.Add(address);
        }

        var ranges = new List<CodeRange>();
        for (int i = 0; i < known.Count;)
        {
            (ulong begin, Mapping mapping) = known[i];
            ulong end = begin;
            long score = 0;
            for (; i < known.Count && known[i].Address - end <= 2 * Around && known[i].Mapping == mapping; i++)
            {
                end = known[i].Address;
                score += samples.Flat.GetValueOrDefault(end);
            }

            ulong limit = mapping.Limit == 0 ? ulong.MaxValue : mapping.Limit;
            begin -= Math.Min(Around, begin - Math.Min(begin, mapping.Start));
            end += Math.Min(Around, limit - Math.Min(end, limit));
            ranges.Add(new CodeRange(mapping, begin, end, score));
        }

        return [.. ranges.OrderByDescending(range => range.Score).ThenBy(range => range.Begin).Take(Most)];
    }
}

/// <param name="Begin">First address in the process.</param>
/// <param name="End">One past the last one.</param>
/// <param name="Score">Sum of the samples whose leaf is in it.</param>
internal readonly record struct CodeRange(Mapping Mapping, ulong Begin, ulong End, long Score);
