namespace Plumb.Profiles.Interchange;

/// <summary>One stack of one of the profiles in a speedscope file.</summary>
/// <param name="Stack">Row among the stacks.</param>
/// <param name="Profile">The profile's name.</param>
/// <param name="Column">Which sample type the value is of.</param>
internal readonly record struct SpeedscopeRow(int Stack, string Profile, int Column, long Value);
