using System.Collections.Immutable;

namespace Plumb.Web.Views;

/// <param name="Invalid">Patterns that are no regular expressions and are taken literally, by parameter, with the reason.</param>
internal sealed record CheckAnswer(ImmutableSortedDictionary<string, string> Invalid);
