using Plumb.Cli.Leaks.Rendering;
using Plumb.Leaks.Isolation;

namespace Plumb.Cli.Isolate;

/// <summary>Signals and their growth in words.</summary>
internal static class SignalText
{
    private const int PlaceWidth = 60;

    /// <summary>What each request leaves behind: "1 goroutine a request (0.95 to 1.05), at main.(*cart).reserve cart.go:31".</summary>
    public static string Of(SignalRate rate)
    {
        string unit = Unit(rate.Signal.Kind);
        string amount = Quantity.Of(rate.PerRequest, unit);
        string noun = amount == "1" ? Noun(rate.Signal.Kind).TrimEnd('s') : Noun(rate.Signal.Kind);
        string growth = $"{amount} {noun} a request ({Quantity.Of(rate.Low, unit)} to {Quantity.Of(rate.High, unit)})";
        string place = rate.Signal.Place.Length > 0 ? $", at {Ellipsis.Middle(rate.Signal.Place, PlaceWidth)}" : "";
        return growth + place + (rate.IsCertain ? "" : ", not certain");
    }

    /// <summary>A growth with its sign, short: "+600", "-", "+1.2 MiB".</summary>
    public static string Growth(double? growth, SignalKind kind) => growth switch
    {
        null => "?",
        >= -0.5 and < 0.5 => "±0",
        > 0 and { } more => "+" + Quantity.Of(more, Unit(kind)),
        { } less => Quantity.Of(less, Unit(kind)),
    };

    public static string Noun(SignalKind kind) => kind switch
    {
        SignalKind.Goroutines => "goroutines",
        SignalKind.Descriptors => "descriptors",
        _ => "of live heap",
    };

    private static string Unit(SignalKind kind) => kind == SignalKind.HeapBytes ? "bytes" : "count";
}
