using System.Globalization;

namespace Plumb.Cli.Watch;

/// <summary>The name of a capture's folder: when, and why. What a profile says about itself never becomes a path.</summary>
internal static class CaptureName
{
    private const int MostCharacters = 40;

    public static string Of(DateTimeOffset at, string subject)
    {
        string safe = new([.. subject.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-').Take(MostCharacters)]);
        return string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyyMMdd-HHmmss}-{safe.Trim('-')}");
    }
}
