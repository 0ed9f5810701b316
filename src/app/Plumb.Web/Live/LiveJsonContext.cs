using System.Text.Json.Serialization;

namespace Plumb.Web.Live;

// The default encoder escapes everything that means something in HTML.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LiveAnswer))]
[JsonSerializable(typeof(LiveCapture))]
internal sealed partial class LiveJsonContext : JsonSerializerContext;
