namespace Plumb.Runtime;

/// <summary>A profile cannot be had in this process, and why; the message is meant for people.</summary>
public sealed class ProfileUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
