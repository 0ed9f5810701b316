using System.Text.Json.Serialization;

namespace Plumb.Cli.Verify.Json;

/// <summary>Serialisers generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(VerificationDocument))]
internal sealed partial class VerificationJsonContext : JsonSerializerContext;
