namespace Plumb.Leaks.Stacks;

/// <summary>A row of <see cref="StackCatalog"/>: the same stack has the same number in every snapshot of a series.</summary>
internal readonly record struct StackKey(int Index);
