using Plumb.Leaks.Stacks;
using Plumb.Leaks.Suspects.Blame;

namespace Plumb.Leaks.Suspects;

/// <summary>The application's line behind a site, and how it was found.</summary>
/// <param name="Frame">The line.</param>
/// <param name="Stack">The stack that it was found on, leaf first.</param>
/// <param name="Strength">Higher is surer; orders candidates.</param>
/// <param name="Basis">How it was found.</param>
internal sealed record Anchor(Frame Frame, IReadOnlyList<Frame> Stack, int Strength, Basis Basis);
