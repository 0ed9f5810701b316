namespace Plumb.Web.Views;

/// <param name="Error">What went wrong.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record ErrorAnswer(string Error, string Remedy);
