using System.Text.Json.Serialization;

namespace Plumb.Cli.Stress.Json;

/// <summary>Serialisers generated at build time: nothing is reflected on when a pipeline starts Plumb.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(StressDocument))]
internal sealed partial class StressJsonContext : JsonSerializerContext;
