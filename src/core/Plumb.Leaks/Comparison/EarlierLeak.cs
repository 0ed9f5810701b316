namespace Plumb.Leaks.Comparison;

/// <summary>A leak that an earlier report told of, as far as it must be known to be recognised and measured again.</summary>
/// <param name="Fingerprint">See <see cref="LeakFingerprint"/>.</param>
/// <param name="Function">The application's function.</param>
/// <param name="Title">What happened.</param>
/// <param name="Resources">What grew, the strongest evidence first.</param>
/// <param name="Unit">"count" or "bytes".</param>
/// <param name="PerSecond">Growth of the first resource.</param>
/// <param name="PerRequest">The same by the request; null when nobody counted them.</param>
public sealed record EarlierLeak(
    string Fingerprint, string Function, string Title, IReadOnlyList<string> Resources, string Unit, double PerSecond, double? PerRequest)
{
    /// <summary>Whether the function was on the stacks that grew; else only the library that it called was.</summary>
    public bool IsOnItsStacks { get; init; }
}
