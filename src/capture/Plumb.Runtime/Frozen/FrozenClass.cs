namespace Plumb.Runtime.Frozen;

/// <param name="Parent">0 for none.</param>
/// <param name="Arguments">Classes of the type arguments.</param>
/// <param name="Fields">Of the class itself; offsets of a class count from the object's start, those of a value type from its own.</param>
/// <param name="Rank">Dimensions of an array, whose argument is the class of its elements; 0 for what is none.</param>
internal sealed record FrozenClass(long Id, long Module, int Token, long Parent, long[] Arguments, (int Token, int Offset)[] Fields, int Rank = 0);
