using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Isolation;

namespace Plumb.Cli.Isolate;

/// <summary>A route that leaks, or several that leak only together.</summary>
/// <param name="Routes">Their names.</param>
/// <param name="Signals">What each request leaves behind.</param>
/// <param name="Finding">What the leak finder says of it; null when it does not know a line.</param>
/// <param name="Reason">What the leak finder says of it without a line; null when it was not asked.</param>
/// <param name="Verdict">A leak when it is proven, suspicious when only the heap grows and may yet stop.</param>
internal sealed record RouteVerdict(IReadOnlyList<string> Routes, IReadOnlyList<SignalRate> Signals, Finding? Finding, string? Reason, LeakVerdict Verdict)
{
    public static RouteVerdict Of(IReadOnlyList<string> routes, IReadOnlyList<SignalRate> signals, Diagnosis? diagnosis)
    {
        Finding? finding = diagnosis?.Findings is [var first, ..] ? first : null;
        // Goroutines and descriptors are counted, and stay until they are let go; a heap that grows may be a cache that is not full yet.
        bool isProven = finding?.Verdict == LeakVerdict.Leak
            || signals.Any(signal => signal is { IsCertain: true, Signal.Kind: SignalKind.Goroutines or SignalKind.Descriptors });
        return new RouteVerdict(routes, signals, finding, diagnosis?.Reason, isProven ? LeakVerdict.Leak : LeakVerdict.Suspicious);
    }
}
