using Plumb.Cli.Processes;

namespace Plumb.Cli.Demo;

/// <summary>A shop in .NET whose baskets listen to the catalogue for ever.</summary>
internal sealed class DotNetStory : IStory
{
    private static readonly string[] Parts = ["agent"];

    public string Leak => "A shop. While a customer pays, the basket listens to changes of prices; it is never taken off again.";

    public string Mended => "The same shop, mended: a basket that is paid listens no more.";

    public string Route => "checkout/42";

    public string Sources => Path.Combine("lab", "demo");

    public async Task<IStage> PrepareAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        AgentFile agent = AgentFile.Named ?? AgentFile.In(checkout);
        if (!agent.IsCurrent)
            await LabInstaller.EnsureAsync(checkout, "a C compiler, for the agent that sees the heap of a .NET service", Parts, cancellationToken).ConfigureAwait(false);
        DemoRun.Say("Building lab/demo, a shop in .NET, and the agent that lets it tell of its heap …");
        Task building = BuildAsync(agent, cancellationToken);
        if (building.IsFaulted)
            await building.ConfigureAwait(false);
        LabProgram shop = await LabProgram.BuildDotNetAsync(checkout, Sources, cancellationToken).ConfigureAwait(false);
        await building.ConfigureAwait(false);
        return new Stage(shop with { Environment = new Dictionary<string, string> { ["PLUMB_AGENT"] = agent.Path } });
    }

    /// <exception cref="LabException">It cannot be built here; the message says what is missing.</exception>
    private static async Task BuildAsync(AgentFile agent, CancellationToken cancellationToken)
    {
        (bool isBuilt, string log) = await agent.BuildAsync(cancellationToken).ConfigureAwait(false);
        if (isBuilt)
            return;
        throw new LabException(AgentFile.Named is not null
            ? $"there is no {agent.Path}, which the variable PLUMB_AGENT names"
            : $"{log}\nWithout the agent a .NET service tells nobody which line its live heap was allocated by, which is what the demo shows. 'plumb demo go' needs none.");
    }

    private sealed class Stage(LabProgram program) : IStage
    {
        public Task<LabService> StartAsync(string variant, CancellationToken cancellationToken) => LabService.StartAsync(program, [variant], cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
