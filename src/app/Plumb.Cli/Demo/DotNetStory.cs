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
        if (!DotNetAgent.IsBuilt(checkout))
            await LabInstaller.EnsureAsync(checkout, "a C compiler, for the agent that sees the heap of a .NET service", Parts, cancellationToken).ConfigureAwait(false);
        DemoRun.Say("Building lab/demo, a shop in .NET, and the agent that lets it tell of its heap …");
        Task<string> agent = DotNetAgent.BuildAsync(checkout, cancellationToken);
        if (agent.IsFaulted)
            await agent.ConfigureAwait(false);
        LabProgram shop = await LabProgram.BuildDotNetAsync(checkout, Sources, cancellationToken).ConfigureAwait(false);
        return new Stage(shop with { Environment = new Dictionary<string, string> { ["PLUMB_AGENT"] = await agent.ConfigureAwait(false) } });
    }

    private sealed class Stage(LabProgram program) : IStage
    {
        public Task<LabService> StartAsync(string variant, CancellationToken cancellationToken) => LabService.StartAsync(program, [variant], cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
