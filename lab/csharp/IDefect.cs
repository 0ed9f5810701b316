namespace Shop;

/// <summary>A service in two variants, one of which leaks; or one that only looks as if it leaked, in one.</summary>
internal interface IDefect
{
    /// <summary>How it is asked for on the command line.</summary>
    string Name { get; }

    /// <summary>The pattern by which the leak is known; empty for what does not leak.</summary>
    string Pattern { get; }

    /// <summary>The method whose line is to be named, as people write it.</summary>
    string Function { get; }

    /// <summary>What it needs: redis, rabbitmq, postgres; empty for nothing.</summary>
    string Needs => "";

    /// <summary>Requests per second that show it.</summary>
    int Rate => 200;

    void Add(IServiceCollection services)
    {
    }

    /// <summary>Serves <c>/buy</c>; the route that Plumb loads.</summary>
    /// <param name="peer">Where the thing is that it needs.</param>
    void Map(WebApplication app, bool leaks, string peer);
}
