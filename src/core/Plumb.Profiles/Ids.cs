namespace Plumb.Profiles;

// A typed id is the row number in its table, dense from 0. It is meaningless outside its own profile, and it is not the
// id on the wire: those are arbitrary, may be sparse, and end with the decoder.

/// <summary>A row of <see cref="StringTable"/>. Equal texts have equal ids; the default is the empty string.</summary>
public readonly record struct StringId(int Index);

/// <summary>A row of <see cref="FunctionTable"/>.</summary>
public readonly record struct FunctionId(int Index);

/// <summary>A row of <see cref="LocationTable"/>.</summary>
public readonly record struct LocationId(int Index);

/// <summary>A row of <see cref="MappingTable"/>, or <see cref="None"/>.</summary>
public readonly record struct MappingId(int Index)
{
    public static MappingId None => new(-1);

    public bool IsNone => Index < 0;
}

/// <summary>A row of <see cref="StackTable"/>. Equal stacks have equal ids.</summary>
public readonly record struct StackId(int Index);

/// <summary>A row of <see cref="LabelSetTable"/>. Equal sets have equal ids; the default is the empty set.</summary>
public readonly record struct LabelSetId(int Index);
