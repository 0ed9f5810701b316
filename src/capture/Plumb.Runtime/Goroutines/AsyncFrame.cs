using Plumb.Runtime.Naming;

namespace Plumb.Runtime.Goroutines;

/// <summary>An async method that the runtime itself stopped at an await.</summary>
/// <param name="Method">Null: <paramref name="Name"/> is all that is known.</param>
/// <param name="Module">Path of its file; empty when unknown.</param>
/// <param name="Line">0 when unknown.</param>
internal sealed record AsyncFrame(MethodName? Method, string Name, string Module, int Line);
