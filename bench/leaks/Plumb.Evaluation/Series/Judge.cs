namespace Plumb.Evaluation.Series;

/// <summary>Asks <c>plumb leaks FOLDER --json</c>, and nothing else, what it makes of a trial.</summary>
internal sealed class Judge
{
    private readonly PlumbProgram _plumb;
    private readonly string _scratch;

    /// <param name="plumb">The program.</param>
    /// <param name="scratch">Where cut series may be written.</param>
    public Judge(PlumbProgram plumb, string scratch)
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
            return await _plumb.LeaksAsync([folder], cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException wrong)
        {
            throw new InvalidDataException($"{trial.Series.Folder}: {wrong.Message}", wrong);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
