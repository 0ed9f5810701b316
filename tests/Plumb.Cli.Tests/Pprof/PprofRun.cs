using System.Text;
using Plumb.Cli.Pprof;

namespace Plumb.Cli.Tests.Pprof;

/// <summary>A run of <c>plumb pprof</c> inside the test's own process.</summary>
internal sealed record PprofRun(int ExitCode, byte[] Bytes, string Error)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public static PprofRun Of(string directory, params IReadOnlyList<string> arguments) =>
        Of(directory, new Dictionary<string, string>(), isTerminal: false, arguments);

    public static PprofRun Of(
        string directory, IReadOnlyDictionary<string, string> environment, bool isTerminal, params IReadOnlyList<string> arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        var host = new PprofHost(output, error, isTerminal, directory, name => environment.GetValueOrDefault(name), TimeZoneInfo.Utc);
        int exitCode = PprofProgram.Run(arguments, host);
        return new PprofRun(exitCode, output.ToArray(), error.ToString());
    }
}
