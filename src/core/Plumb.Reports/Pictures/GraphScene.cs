using System.Collections.Immutable;

namespace Plumb.Reports.Pictures;

/// <summary>A picture of a graph in which everything has its place, in points.</summary>
/// <param name="Boxes">Entries, their tags and the legend; no two overlap.</param>
public sealed record GraphScene(string Title, double Width, double Height, ImmutableArray<SceneBox> Boxes, ImmutableArray<SceneLine> Lines)
{
    /// <exception cref="ReportException">The graph is too large for a picture.</exception>
    public static GraphScene Compute(GraphPicture picture, CancellationToken cancellationToken = default) => new SceneBuilder(picture).Build(cancellationToken);
}
