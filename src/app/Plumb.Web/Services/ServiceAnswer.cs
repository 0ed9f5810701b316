namespace Plumb.Web.Services;

/// <summary>What the page has to know before it shows anything.</summary>
internal sealed record ServiceAnswer(string Title, bool HasLeaks, bool HasLive, bool LiveFirst);
