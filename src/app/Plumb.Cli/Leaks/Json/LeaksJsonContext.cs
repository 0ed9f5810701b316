using System.Text.Json.Serialization;

namespace Plumb.Cli.Leaks.Json;

/// <summary>Serialisers generated at build time: nothing is reflected on when a pipeline starts Plumb.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(LeaksDocument))]
internal sealed partial class LeaksJsonContext : JsonSerializerContext;
