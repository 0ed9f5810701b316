using System.Diagnostics;
using System.Text.Json;

namespace Plumb.Evaluation.Series;

/// <summary>The <c>plumb</c> that is measured: a <c>plumb.dll</c>, or something that can be started.</summary>
internal sealed class PlumbProgram
{
    private readonly string _path;

    public PlumbProgram(string path) => _path = path;

    /// <summary>What <c>plumb leaks … --json</c> answers.</summary>
    /// <exception cref="InvalidDataException">It gave no answer: the message says what it said.</exception>
    public async Task<Answer> LeaksAsync(IEnumerable<string> flags, CancellationToken cancellationToken)
    {
        bool isLibrary = _path.EndsWith(".dll", StringComparison.Ordinal);
        string[] arguments = ["leaks", .. flags, "--json"];
        var start = new ProcessStartInfo(isLibrary ? "dotnet" : _path, isLibrary ? [_path, .. arguments] : arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process plumb = Process.Start(start)!;
        Task<string> talk = plumb.StandardError.ReadToEndAsync(cancellationToken);
        string answer = await plumb.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await plumb.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Answer.Parse(answer);
        }
        catch (JsonException wrong)
        {
            string said = await talk.ConfigureAwait(false);
            throw new InvalidDataException($"no answer, exit code {plumb.ExitCode}: {said.Trim()} ({wrong.Message})", wrong);
        }
    }
}
