using Plumb.Cli.Leaks.Rendering;
using Plumb.Leaks.Watching;

namespace Plumb.Cli.Watch;

/// <summary>Why evidence is captured, in words. Nothing is escaped yet.</summary>
internal static class AlarmText
{
    public static string Of(AlarmReason reason)
    {
        string unit = reason.Subject is "heap" or "rss" ? "bytes" : "count";
        string value = Quantity.Of(reason.Value, unit);
        string bound = Quantity.Of(reason.Bound, unit);
        return reason.Kind switch
        {
            AlarmKind.NearLimit => $"{reason.Subject} at {value}, {Quantity.Percent(reason.Value / reason.Bound)} of the limit of {bound}",
            AlarmKind.Level => $"{reason.Subject} at {value}, the threshold is {bound}",
            AlarmKind.Forecast => $"{reason.Subject} reaches its limit of {bound} in {Quantity.Duration(reason.Left ?? TimeSpan.Zero)}",
            _ => $"{reason.Subject} leaks",
        };
    }
}
