using System.Globalization;

namespace Plumb.Runtime.Handles;

/// <summary>How often a timer fires, as people say it.</summary>
internal static class TimerPeriod
{
    /// <param name="milliseconds">As the runtime keeps it: 0 and <see cref="uint.MaxValue"/> are a timer that fires once.</param>
    public static string Of(uint milliseconds) => milliseconds switch
    {
        0 or uint.MaxValue => "once",
        < 1_000 => Every(milliseconds, "ms"),
        < 60_000 => Every(milliseconds / 1e3, "s"),
        < 3_600_000 => Every(milliseconds / 60e3, "min"),
        _ => Every(milliseconds / 3_600e3, "h"),
    };

    private static string Every(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"every {number:0.###} {unit}");
}
