namespace Plumb.Runtime.Handles;

/// <param name="Name">What stands there when the module has no such method.</param>
/// <param name="Module">Path of the file; empty for none.</param>
/// <param name="Token">0: the name is all there is.</param>
internal readonly record struct HandleMethod(string Name, string Module = "", int Token = 0);
