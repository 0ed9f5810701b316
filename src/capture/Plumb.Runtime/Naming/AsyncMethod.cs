namespace Plumb.Runtime.Naming;

/// <param name="AwaitLines">The line of each await; the n-th belongs to state n. Empty without symbols.</param>
internal sealed record AsyncMethod(MethodName Name, int[] AwaitLines);
