using Plumb.Cli.Demo;
using Plumb.Cli.Processes;

namespace Plumb.Cli.Tests.Processes;

public sealed class AgentFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Checkout _checkout;

    public AgentFileTests()
    {
        _checkout = new Checkout(_folder.Path);
        Write("build", "#!/bin/sh\nmkdir -p \"$1\" && date +%N >\"$1/libplumb-agent.so\" && echo it is built\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(Sources, "build"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Write("AgentLife.cs", "");
        Write("Plumb.Agent.csproj", "");
        Write("signals.c", "");
        Write("Cpu/sampler.c", "");
    }

    private string Sources => Path.Combine(_folder.Path, "src/capture/Plumb.Agent");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("AgentLife.cs")]
    [InlineData("Plumb.Agent.csproj")]
    [InlineData("signals.c")]
    [InlineData("Cpu/sampler.c")]
    [InlineData("build")]
    public async Task The_agent_of_a_checkout_is_built_once_and_again_when_any_of_its_sources_has_changed(string source)
    {
        AgentFile agent = AgentFile.In(_checkout);
        Assert.False(agent.IsCurrent);
        Assert.Equal((true, "it is built"), await agent.BuildAsync(CancellationToken.None));
        string first = await File.ReadAllTextAsync(agent.Path);

        Assert.Equal((true, ""), await agent.BuildAsync(CancellationToken.None));
        Assert.Equal(first, await File.ReadAllTextAsync(agent.Path));

        File.SetLastWriteTimeUtc(Path.Combine(Sources, source), File.GetLastWriteTimeUtc(agent.Path).AddSeconds(1));
        Assert.Equal((true, "it is built"), await agent.BuildAsync(CancellationToken.None));
        Assert.NotEqual(first, await File.ReadAllTextAsync(agent.Path));
    }

    [Fact]
    public async Task What_the_usual_build_leaves_beside_the_sources_is_no_source()
    {
        AgentFile agent = AgentFile.In(_checkout);
        await agent.BuildAsync(CancellationToken.None);

        Write("obj/project.assets.json", "");
        File.SetLastWriteTimeUtc(Path.Combine(Sources, "obj/project.assets.json"), File.GetLastWriteTimeUtc(agent.Path).AddSeconds(1));

        Assert.True(agent.IsCurrent);
    }

    [Fact]
    public async Task Where_it_cannot_be_built_what_the_build_said_is_told()
    {
        Write("build", "#!/bin/sh\necho it needs gcc >&2; exit 3\n");

        Assert.Equal((false, "it needs gcc"), await AgentFile.In(_checkout).BuildAsync(CancellationToken.None));
    }

    private void Write(string name, string text)
    {
        string file = Path.Combine(Sources, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
