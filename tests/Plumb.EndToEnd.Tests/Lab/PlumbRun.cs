using System.Diagnostics;
using System.Text;

namespace Plumb.EndToEnd.Tests.Lab;

/// <summary>One run of the built <c>plumb</c>, as a process of its own.</summary>
/// <param name="Command">What was run, to be run again by hand.</param>
public sealed record PlumbRun(string Command, int ExitCode, string Output, string Talk)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>The program that runs <see cref="Program"/>.</summary>
    public static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>The command line, as it was built with these tests.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "plumb.dll");

    public static async Task<PlumbRun> StartAsync(params string[] arguments)
    {
        ProcessStartInfo info = new(Host, [Program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using Process process = Process.Start(info)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> talk = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource limit = new(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        return new PlumbRun($"plumb {string.Join(' ', arguments)}", process.ExitCode, await output, await talk);
    }
}
