namespace Plumb.Cli.Leaks;

/// <summary>Why there can be no diagnosis: a message for the user, and what to do.</summary>
internal sealed class LeaksException : Exception
{
    public LeaksException(string message, string? advice = null)
        : base(message) => Advice = advice;

    public string? Advice { get; }
}
