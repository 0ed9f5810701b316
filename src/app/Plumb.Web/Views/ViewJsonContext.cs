using System.Text.Json.Serialization;
using Plumb.Web.Saved;

namespace Plumb.Web.Views;

// The default encoder escapes everything that means something in HTML.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProfileAnswer))]
[JsonSerializable(typeof(FlameHeader))]
[JsonSerializable(typeof(TopAnswer))]
[JsonSerializable(typeof(PeekAnswer))]
[JsonSerializable(typeof(TagsAnswer))]
[JsonSerializable(typeof(SourceAnswer))]
[JsonSerializable(typeof(GraphAnswer))]
[JsonSerializable(typeof(CheckAnswer))]
[JsonSerializable(typeof(ShelfAnswer))]
[JsonSerializable(typeof(SavedView[]))]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class ViewJsonContext : JsonSerializerContext;
