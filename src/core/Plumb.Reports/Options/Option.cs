using System.Collections.Immutable;

namespace Plumb.Reports.Options;

/// <summary>One row of <see cref="OptionTable"/>.</summary>
/// <param name="Name">The flag, the shell variable and the key in saved settings.</param>
/// <param name="Kind">What values it takes.</param>
/// <param name="UrlParameter">Its name in the web interface's URLs; null when it does not belong there.</param>
/// <param name="IsSaved">Whether it is part of saved settings.</param>
/// <param name="Help">One line, then perhaps more.</param>
public sealed record Option(string Name, OptionKind Kind, string? UrlParameter, bool IsSaved, string Help)
{
    /// <summary>The values of a choice; each is a flag of its own, such as <c>-cum</c>.</summary>
    public ImmutableArray<OptionChoice> Choices { get; init; } = [];

    /// <summary>The value as text.</summary>
    public required Func<ReportOptions, string> Get { get; init; }

    /// <summary>The options with this one changed; throws <see cref="FormatException"/> for a text that is no value of it.</summary>
    public required Func<ReportOptions, string, ReportOptions> Set { get; init; }

    public string Default => Get(ReportOptions.Default);

    /// <summary>The first line of the help.</summary>
    public string Summary => Help.Split('\n')[0];
}
