using System.Text.Json.Serialization;

namespace Plumb.Web.Views;

// The default encoder escapes everything that means something in HTML.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProfileAnswer))]
[JsonSerializable(typeof(FlameHeader))]
[JsonSerializable(typeof(TopAnswer))]
[JsonSerializable(typeof(CheckAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class ViewJsonContext : JsonSerializerContext;
