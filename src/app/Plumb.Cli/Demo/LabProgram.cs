namespace Plumb.Cli.Demo;

/// <summary>A service of the lab as a program: built by Go from the checkout, with the libraries that Debian packages.</summary>
/// <param name="Path">The executable.</param>
internal sealed record LabProgram(string Path)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

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
