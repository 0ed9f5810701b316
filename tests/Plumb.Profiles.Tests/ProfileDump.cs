using System.Globalization;
using System.Text;

namespace Plumb.Profiles.Tests;

/// <summary>Everything a profile says, as text without ids, so that two profiles can be compared by what they mean.</summary>
internal static class ProfileDump
{
    public static string Text(Profile profile)
    {
        var text = new StringBuilder();
        ProfileHeader header = profile.Header;
        text.Append(CultureInfo.InvariantCulture, $"types {string.Join(' ', header.SampleTypes)} default {header.DefaultSampleType}\n");
        text.Append(CultureInfo.InvariantCulture, $"time {header.TimeNanos} duration {header.DurationNanos} period {header.Period} {header.PeriodType}\n");
        text.Append(CultureInfo.InvariantCulture, $"drop {header.DropFrames} keep {header.KeepFrames} doc {header.DocUrl}\n");
        foreach (string comment in header.Comments)
            text.Append(CultureInfo.InvariantCulture, $"comment {comment}\n");

        for (int i = 0; i < profile.Mappings.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"{profile.Mappings[new MappingId(i)]}\n");

        for (int i = 0; i < profile.Functions.Count; i++)
        {
            Function f = profile.Function(new FunctionId(i));
            text.Append(CultureInfo.InvariantCulture, $"function {f.Name} {f.SystemName} {f.File} {f.StartLine}\n");
        }

        for (int i = 0; i < profile.Samples.Count; i++)
            AppendSample(text, profile, profile.Sample(i));

        return text.ToString();
    }

    private static void AppendSample(StringBuilder text, Profile profile, Sample sample)
    {
        text.Append(CultureInfo.InvariantCulture, $"sample {string.Join(' ', sample.Values.ToArray())}");
        var labels = new List<string>();
        foreach (Label label in sample.Labels)
            labels.Add($"{profile.Strings[label.Key]}={profile.Strings[label.Text]}{label.Number} {profile.Strings[label.Unit]}");

        // Stable: values of one key keep their order, keys have none.
        text.Append(" [").AppendJoin("; ", labels.OrderBy(l => l.Split('=')[0], StringComparer.Ordinal)).Append("]\n");
        foreach (LocationId id in sample.Stack)
        {
            Location location = profile.Locations[id];
            text.Append(CultureInfo.InvariantCulture, $"  {location.Address:x} m{location.Mapping.Index} {location.IsFolded}");
            foreach (Line line in location.Lines)
                text.Append(CultureInfo.InvariantCulture, $" {profile.Function(line.Function).Name}:{line.Number}:{line.Column}");

            text.Append('\n');
        }
    }
}
