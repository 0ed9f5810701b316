using System.Globalization;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Collectors.Loading.Requests;

namespace Plumb.Cli.Stress.Progress;

/// <summary>What is loaded, in a few words.</summary>
internal static class Headline
{
    private const int Width = 70;

    public static string Of(RequestMix mix) => mix.Requests.Count == 1
        ? Ellipsis.End(mix.Requests[0].Name, Width)
        : string.Create(CultureInfo.InvariantCulture, $"{mix.Requests.Count} different requests to {Ellipsis.End(string.Join(", ", mix.Origins.Select(origin => origin.Authority)), Width)}");
}
