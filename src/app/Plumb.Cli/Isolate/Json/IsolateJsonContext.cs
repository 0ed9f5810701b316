using System.Text.Json.Serialization;

namespace Plumb.Cli.Isolate.Json;

/// <summary>Serialisers generated at build time: nothing is reflected on when a pipeline starts Plumb.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(IsolateDocument))]
internal sealed partial class IsolateJsonContext : JsonSerializerContext;
