using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Suspects;

/// <summary>One stack of a site.</summary>
/// <param name="Frames">Leaf first.</param>
/// <param name="Gained">Over the series, in the site's unit.</param>
/// <param name="GainedObjects">Objects of heap over the series; 0 for goroutines.</param>
internal sealed record SiteMember(Frame[] Frames, double Gained, double GainedObjects = 0);
