namespace Plumb.Symbols;

/// <summary>Symbols or code of a binary cannot be had: no tool, a tool that fails or hangs, a file that does not fit.</summary>
public sealed class SymbolizationException(string message, Exception? inner = null) : Exception(message, inner);
