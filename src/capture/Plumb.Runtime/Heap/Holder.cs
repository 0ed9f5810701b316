namespace Plumb.Runtime.Heap;

/// <summary>Where a search for what lives begins.</summary>
/// <param name="Field">Of a static field, its name as the compiler has it; otherwise empty.</param>
/// <param name="Type">Of what the static field refers to; otherwise 0.</param>
internal readonly record struct Holder(HolderKind Kind, string Field = "", ulong Type = 0);
