using System.ComponentModel;
using System.Diagnostics;

namespace Plumb.Cli.Pprof.Pictures;

/// <summary>Graphviz's <c>dot</c>, which draws graphs in many formats.</summary>
/// <param name="program">Its full path.</param>
internal sealed class Graphviz(string program)
{
    /// <param name="graph">In the language of Graphviz.</param>
    /// <param name="format">As <c>-T</c> takes it.</param>
    /// <exception cref="IOException">It does not start, or fails.</exception>
    /// <exception cref="OperationCanceledException">The token says so; the program is stopped.</exception>
    public void Draw(MemoryStream graph, string format, Stream target, CancellationToken cancellationToken = default)
    {
        using Process dot = Start(format);
        using CancellationTokenRegistration stop = cancellationToken.Register(dot.Kill);

        // Written from the side: a large picture fills the pipe before the graph is read to its end.
        Task feeding = Task.Run(() => Feed(dot, graph), CancellationToken.None);
        try
        {
            dot.StandardOutput.BaseStream.CopyTo(target);
        }
        catch
        {
            // Nobody waits for the picture any more.
            dot.Kill();
            throw;
        }

        dot.WaitForExit();
        feeding.GetAwaiter().GetResult();
        cancellationToken.ThrowIfCancellationRequested();
        if (dot.ExitCode != 0)
            throw new IOException($"Graphviz's dot failed with exit code {dot.ExitCode}");
    }

    private static void Feed(Process dot, MemoryStream graph)
    {
        try
        {
            using Stream input = dot.StandardInput.BaseStream;
            graph.WriteTo(input);
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code says whether that is an error.
        }
    }

    private Process Start(string format)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, $"-T{format}") { RedirectStandardInput = true, RedirectStandardOutput = true })
                ?? throw new IOException($"{program} did not start");
        }
        catch (Win32Exception e)
        {
            throw new IOException($"{program} does not start: {e.Message}", e);
        }
    }
}
