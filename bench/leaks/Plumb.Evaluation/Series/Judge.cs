using System.Diagnostics;
using System.Text.Json;

namespace Plumb.Evaluation.Series;

/// <summary>Asks <c>plumb leaks FOLDER --json</c>, and nothing else, what it makes of a trial.</summary>
internal sealed class Judge
{
    private readonly string _plumb;
    private readonly string _scratch;

    /// <param name="plumb">The program: a <c>plumb.dll</c>, or something that can be started.</param>
    /// <param name="scratch">Where cut series may be written.</param>
    public Judge(string plumb, string scratch)
    {
        _plumb = plumb;
        _scratch = scratch;
    }

    /// <exception cref="InvalidDataException">Plumb gave no answer: the message says what it said.</exception>
    public async Task<Answer> AskAsync(Trial trial, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(_scratch, Guid.NewGuid().ToString("N"));
        trial.Series.Cut(trial.Start, trial.Snapshots, folder);
        try
        {
            return await AskAsync(folder, trial, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<Answer> AskAsync(string folder, Trial trial, CancellationToken cancellationToken)
    {
        bool isLibrary = _plumb.EndsWith(".dll", StringComparison.Ordinal);
        string[] arguments = ["leaks", folder, "--json"];
        var start = new ProcessStartInfo(isLibrary ? "dotnet" : _plumb, isLibrary ? [_plumb, .. arguments] : arguments)
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
            throw new InvalidDataException($"{trial.Series.Folder}: no answer, exit code {plumb.ExitCode}: {said.Trim()} ({wrong.Message})", wrong);
        }
    }
}
