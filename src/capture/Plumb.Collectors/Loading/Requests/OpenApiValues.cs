using System.Buffers;
using System.Text.Json;

namespace Plumb.Collectors.Loading.Requests;

/// <summary>Values for what an OpenAPI document asks for: its examples and defaults, else something of the right type.</summary>
internal static class OpenApiValues
{
    public const string Unknown = "1";
    private const int MaxDepth = 8;

    // Schemas that hold each other several times over would grow with a power of the depth.
    private const long MaxBytes = 64 << 10;

    /// <summary>A value for a parameter.</summary>
    public static string Of(OpenApiNode parameter) =>
        Example(parameter)?.Text ?? (parameter["schema"]?.Resolved is { } schema ? OfSchema(schema) : Unknown);

    /// <summary>A body for a media type of a request.</summary>
    public static ReadOnlyMemory<byte> JsonOf(OpenApiNode mediaType)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            if (Example(mediaType) is { } example)
            {
                example.Element.WriteTo(json);
            }
            else
            {
                Write(json, mediaType["schema"]?.Resolved, 0);
            }
        }

        return buffer.WrittenMemory;
    }

    private static OpenApiNode? Example(OpenApiNode node) =>
        node["example"] ?? node["examples"]?.Properties().Select(one => one.Node.Resolved["value"]).FirstOrDefault(value => value is not null)
        ?? node["schema"]?.Resolved["example"];

    private static OpenApiNode? Given(OpenApiNode schema) =>
        schema["example"] ?? schema["default"] ?? schema["const"] ?? schema["examples"]?.Items().FirstOrDefault() ?? schema["enum"]?.Items().FirstOrDefault();

    private static string OfSchema(OpenApiNode schema) => Given(schema)?.Text ?? (TypeOf(schema), schema["format"]?.Text) switch
    {
        ("integer" or "number", _) => schema["minimum"] is { Element.ValueKind: JsonValueKind.Number } least ? least.Text! : "1",
        ("boolean", _) => "true",
        (_, "uuid") => "00000000-0000-4000-8000-000000000001",
        (_, "date") => "2026-01-01",
        (_, "date-time") => "2026-01-01T00:00:00Z",
        (_, "email") => "a@example.com",
        _ => Unknown,
    };

    // OpenAPI 3.1 may name several types.
    private static string? TypeOf(OpenApiNode schema) => schema["type"]?.Text ?? schema["type"]?.Items().Select(type => type.Text).FirstOrDefault(type => type != "null");

    private static void Write(Utf8JsonWriter json, OpenApiNode? schema, int depth)
    {
        if (schema is null || depth > MaxDepth || json.BytesCommitted + json.BytesPending > MaxBytes)
        {
            json.WriteNullValue();
            return;
        }

        if (Given(schema) is { } given)
        {
            given.Element.WriteTo(json);
            return;
        }

        switch (TypeOf(schema) ?? (schema["properties"] is null ? null : "object"))
        {
            case "object":
                json.WriteStartObject();
                foreach ((string name, OpenApiNode property) in schema["properties"]?.Properties() ?? [])
                {
                    json.WritePropertyName(name);
                    Write(json, property.Resolved, depth + 1);
                }

                json.WriteEndObject();
                break;
            case "array":
                json.WriteStartArray();
                if (schema["items"]?.Resolved is { } items)
                {
                    Write(json, items, depth + 1);
                }

                json.WriteEndArray();
                break;
            case "integer" or "number" or "boolean":
                json.WriteRawValue(OfSchema(schema));
                break;
            default:
                json.WriteStringValue(OfSchema(schema));
                break;
        }
    }
}
