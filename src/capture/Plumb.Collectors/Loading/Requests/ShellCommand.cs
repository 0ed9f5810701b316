namespace Plumb.Collectors.Loading.Requests;

/// <summary>The words of one command.</summary>
/// <param name="Line">The line of its first word, from 1.</param>
/// <param name="Words">At least one.</param>
internal sealed record ShellCommand(int Line, IReadOnlyList<string> Words);
