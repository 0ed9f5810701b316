namespace Plumb.Web.Views;

/// <summary>A profile that can be shown.</summary>
internal sealed record ShelfAnswer(int Id, string Title, bool IsUploaded);
