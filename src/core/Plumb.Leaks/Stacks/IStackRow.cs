namespace Plumb.Leaks.Stacks;

/// <summary>What a series has of one stack.</summary>
internal interface IStackRow<in TRow>
{
    StackKey Key { get; }

    /// <summary>Takes in another stack that is the same place.</summary>
    void Add(TRow other);
}
