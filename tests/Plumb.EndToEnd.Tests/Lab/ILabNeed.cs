namespace Plumb.EndToEnd.Tests.Lab;

/// <summary>Something that a service of the lab talks to.</summary>
public interface ILabNeed
{
    /// <summary>As <c>lab.json</c> calls it.</summary>
    string Name { get; }

    /// <summary>The service's arguments that say where it is.</summary>
    IReadOnlyList<string> Arguments { get; }
}
