namespace Plumb.Runtime.Naming;

/// <param name="Name">As people write it: <c>Shop.Cart.AddAsync</c>.</param>
/// <param name="MetadataName">As the compiler named it: <c>Shop.Cart+&lt;AddAsync&gt;d__7.MoveNext</c>.</param>
/// <param name="File">Source file as the symbols name it; empty when unknown.</param>
/// <param name="FirstLine">0 when unknown.</param>
internal sealed record MethodName(string Name, string MetadataName, string File, int FirstLine);
