using Plumb.Runtime.Naming;

namespace Plumb.Runtime.Goroutines;

/// <summary>What resumes a method that the runtime stopped.</summary>
/// <param name="Name">Of the method alone, as the runtime writes it into the stub.</param>
/// <param name="Method">The method with its awaits; null when its code was not found, or it only hands on a task.</param>
/// <param name="IsFound">Whether the method's code was found.</param>
internal sealed record ResumptionStub(string Name, AsyncMethod? Method, string Module, bool IsFound);
