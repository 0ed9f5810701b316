using System.Text.Json.Serialization;

namespace Plumb.Cli.Watch.Json;

/// <summary>Serialisers generated at build time; each document is one line.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SampleLine))]
[JsonSerializable(typeof(EventLine))]
[JsonSerializable(typeof(EndLine))]
[JsonSerializable(typeof(WhyDocument))]
internal sealed partial class WatchJsonContext : JsonSerializerContext;
