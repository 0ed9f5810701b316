namespace Plumb.Leaks.Knowledge;

/// <summary>
/// One known way to leak: what it looks like, why it happens and how to mend it. A pattern never decides that something
/// leaks; it explains what was found to grow.
/// </summary>
public abstract class LeakPattern
{
    /// <summary>Stable name: <c>http-body-not-closed</c>.</summary>
    public abstract string Id { get; }

    /// <summary>What happens, in one line.</summary>
    public abstract string Title { get; }

    /// <summary>Why it grows.</summary>
    public abstract string Cause { get; }

    /// <summary>How to mend it.</summary>
    public abstract string Remedy { get; }

    /// <summary>Where to read more; null when there is no better place than the remedy.</summary>
    public virtual string? Reference => null;

    /// <summary>Of two patterns that fit, the higher explains: 1 a way of waiting, 2 the standard library, 3 one library.</summary>
    public abstract int Specificity { get; }

    /// <summary>Whether it is about programs of .NET; the others are about Go.</summary>
    public bool IsOfDotNet => Id.StartsWith("dotnet-", StringComparison.Ordinal);

    public abstract PatternMatch Judge(SuspectFacts suspect);
}
