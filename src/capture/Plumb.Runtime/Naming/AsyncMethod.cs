namespace Plumb.Runtime.Naming;

/// <param name="AwaitLines">The line of each await; the n-th belongs to state n. Empty without symbols.</param>
internal sealed record AsyncMethod(MethodName Name, int[] AwaitLines)
{
    /// <summary>Of the await at which it waits; its first one where that is not known.</summary>
    public int LineAt(int state) => state >= 0 && state < AwaitLines.Length ? AwaitLines[state] : Name.FirstLine;
}
