namespace Plumb.Web.Saved;

/// <summary>What a page showed, to come back to.</summary>
/// <param name="Name">As a person called it.</param>
/// <param name="Query">The parameters of the page, without its <c>?</c>.</param>
public sealed record SavedView(string Name, string Query);
