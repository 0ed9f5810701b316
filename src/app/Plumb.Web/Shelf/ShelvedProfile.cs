using Plumb.Profiles.Filtering;

namespace Plumb.Web.Shelf;

/// <summary>A profile that a page can show.</summary>
/// <param name="Id">Never given twice.</param>
/// <param name="IsUploaded">It came through the page, and not from whoever started the server.</param>
internal sealed record ShelvedProfile(int Id, string Title, ProfileSelection Profile, bool IsUploaded);
