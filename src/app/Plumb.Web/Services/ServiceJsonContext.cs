using System.Text.Json.Serialization;

namespace Plumb.Web.Services;

// The default encoder escapes everything that means something in HTML.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ServiceAnswer))]
internal sealed partial class ServiceJsonContext : JsonSerializerContext;
