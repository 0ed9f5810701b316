using System.Globalization;
using Plumb.Profiles;

namespace Plumb.Reports;

/// <summary>Finds the sample type that a person means.</summary>
public static class SampleTypeChoice
{
    /// <param name="wanted">A number, a name, or a name with <c>inuse_</c> before it; empty for the profile's default, else the last.</param>
    /// <exception cref="ReportException">There is no such sample type, or none at all.</exception>
    public static int Find(Profile profile, string wanted)
    {
        int count = profile.SampleTypes.Length;
        if (count == 0)
            throw new ReportException("profile has no samples");

        if (wanted.Length == 0)
        {
            int byDefault = profile.Header.DefaultSampleType.Length == 0 ? -1 : profile.SampleTypeIndex(profile.Header.DefaultSampleType);
            return byDefault < 0 ? count - 1 : byDefault;
        }

        if (int.TryParse(wanted, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            return number >= 0 && number < count
                ? number
                : throw new ReportException($"sample_index {wanted} is outside the range [0..{count - 1}]");
        }

        // Old options name inuse_space where old profiles have space.
        string old = wanted.StartsWith("inuse_", StringComparison.Ordinal) ? wanted["inuse_".Length..] : wanted;
        for (int i = 0; i < count; i++)
        {
            if (profile.SampleTypes[i].Type == wanted || profile.SampleTypes[i].Type == old)
                return i;
        }

        throw new ReportException($"sample_index \"{wanted}\" must be one of: [{string.Join(' ', profile.SampleTypes.Select(type => type.Type))}]");
    }
}
