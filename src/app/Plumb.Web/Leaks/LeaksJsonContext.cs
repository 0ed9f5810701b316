using System.Text.Json.Serialization;

namespace Plumb.Web.Leaks;

// The default encoder escapes everything that means something in HTML.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LeaksAnswer))]
internal sealed partial class LeaksJsonContext : JsonSerializerContext;
