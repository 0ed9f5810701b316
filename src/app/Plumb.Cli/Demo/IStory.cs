namespace Plumb.Cli.Demo;

/// <summary>A service of the demo: how it is made, and what is told of it.</summary>
internal interface IStory
{
    /// <summary>What the leaking variant does wrong.</summary>
    string Leak { get; }

    /// <summary>What the mended one does instead.</summary>
    string Mended { get; }

    /// <summary>The route that is loaded, below the service's address.</summary>
    string Route { get; }

    /// <summary>Below the checkout: where the sources are.</summary>
    string Sources { get; }

    /// <summary>Builds it, and starts what both variants need beside themselves.</summary>
    /// <exception cref="LabException">Something that it needs is missing; the message says what, and what to do.</exception>
    Task<IStage> PrepareAsync(Checkout checkout, CancellationToken cancellationToken);
}
