using System.Globalization;
using Plumb.Profiles;

namespace Plumb.Symbols.Tests.Programs;

/// <summary>Profiles taken apart for comparison.</summary>
internal static class BareProfile
{
    /// <summary>The profile as a writer that knows addresses only would have written it.</summary>
    public static Profile Of(Profile profile)
    {
        var builder = new ProfileBuilder(profile.Header);
        foreach (Mapping mapping in profile.Mappings.Rows)
            builder.Mapping(mapping with { HasFunctions = false, HasFilenames = false, HasLineNumbers = false, HasInlineFrames = false });

        for (int i = 0; i < profile.Samples.Count; i++)
        {
            LocationId[] stack = [.. profile.Sample(i).Stack.ToArray().Select(id => builder.Location(profile.Locations[id].Address, profile.Locations[id].Mapping, []))];
            builder.AddSample(builder.Stack(stack), profile.Sample(i).Values);
        }

        return builder.Build();
    }

    /// <summary>All calls with their address, function, file and line.</summary>
    public static HashSet<string> Frames(Profile profile, string prefix)
    {
        var frames = new HashSet<string>();
        for (int i = 0; i < profile.Locations.Count; i++)
        {
            Location location = profile.Locations[new LocationId(i)];
            foreach (Line line in location.Lines)
            {
                Function function = profile.Function(line.Function);
                if (function.Name.StartsWith(prefix, StringComparison.Ordinal))
                    frames.Add(string.Create(CultureInfo.InvariantCulture, $"{function.Name} {location.Address:x} {function.File}:{line.Number}"));
            }
        }

        return frames;
    }
}
