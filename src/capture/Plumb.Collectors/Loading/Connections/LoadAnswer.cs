namespace Plumb.Collectors.Loading.Connections;

/// <summary>What came of one request.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Status">The status of a complete answer; 0 without one.</param>
/// <param name="Bytes">What was received.</param>
internal readonly record struct LoadAnswer(LoadOutcome Outcome, int Status, long Bytes)
{
    public static LoadAnswer Complete(int status, long bytes) => new(
        status switch
        {
            >= 500 => LoadOutcome.ServerError,
            >= 400 => LoadOutcome.ClientError,
            _ => LoadOutcome.Success,
        },
        status,
        bytes);

    public static LoadAnswer Failed(LoadOutcome outcome, long bytes = 0) => new(outcome, 0, bytes);
}
