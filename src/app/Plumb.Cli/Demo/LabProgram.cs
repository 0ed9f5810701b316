namespace Plumb.Cli.Demo;

/// <summary>A service of the lab as a program, built from the checkout: by Go with the libraries that Debian packages, or by .NET.</summary>
/// <param name="Path">The executable.</param>
internal sealed record LabProgram(string Path)
{
    private static readonly string[] PartsOfDotNetServices = ["Plumb.AspNetCore", "Plumb.Runtime", "Plumb.Agent"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>What comes before the arguments of a variant.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Set on top of this process's own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Builds a service in .NET, or finds it built after all of its sources.</summary>
    /// <param name="checkout">Where the sources are.</param>
    /// <param name="sources">The service's folder below the checkout.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <exception cref="LabException">The build failed.</exception>
    public static async Task<LabProgram> BuildDotNetAsync(Checkout checkout, string sources, CancellationToken cancellationToken)
    {
        string host = System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string folder = System.IO.Path.Combine(checkout.Root, sources);
        string output = System.IO.Path.Combine(checkout.Cache, System.IO.Path.GetFileName(sources));
        LabProgram program = new(host) { Arguments = [System.IO.Path.Combine(output, "shop.dll")] };
        IEnumerable<string> parts = PartsOfDotNetServices.Select(part => System.IO.Path.Combine(checkout.Root, "src", "capture", part));
        if (SourceTimes.AreOlderThan(program.Arguments[0], [folder, .. parts, System.IO.Path.Combine(checkout.Root, "src", "core", "Plumb.Profiles")]))
            return program;

        DateTimeOffset started = TimeProvider.System.GetUtcNow();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        await using ChildProcess build = ChildProcess.Start(
            host, ["build", folder, "-c", "Release", "-o", output, "--nologo", "-v", "quiet", "-clp:NoSummary"], new Dictionary<string, string> { ["MSBUILDDISABLENODEREUSE"] = "1" });
        if (await build.ExitCodeAsync(limit.Token).ConfigureAwait(false) != 0)
            throw new LabException($"{sources} could not be built:\n{build.Log}");
        // A build that changes nothing leaves it as old as it was; what is saved during the build is newer.
        File.SetLastWriteTimeUtc(program.Arguments[0], started.UtcDateTime);
        return program;
    }

    /// <summary>Builds a service, or finds it built: Go compares its sources with what it built last.</summary>
    /// <exception cref="LabException">Go is missing, or the build failed.</exception>
    public static async Task<LabProgram> BuildAsync(Checkout checkout, string name, CancellationToken cancellationToken)
    {
        LabProgram program = new(System.IO.Path.Combine(checkout.Cache, "bin", name));
        Directory.CreateDirectory(checkout.Cache);
        Dictionary<string, string> environment = new()
        {
            ["GO111MODULE"] = "off",
            ["GOPATH"] = "/usr/share/gocode",
            ["GOFLAGS"] = "",
            // The user's own cache may not be there (no HOME in a build job), or belong to somebody else.
            ["GOCACHE"] = System.IO.Path.Combine(checkout.Cache, "cache"),
        };

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        await using ChildProcess go = ChildProcess.Start(
            "go", ["build", "-o", program.Path, "."], environment, System.IO.Path.Combine(checkout.Services, name));
        if (await go.ExitCodeAsync(limit.Token).ConfigureAwait(false) != 0)
            throw new LabException($"Go could not build lab/go/{name}:\n{go.Log}");
        return program;
    }
}
