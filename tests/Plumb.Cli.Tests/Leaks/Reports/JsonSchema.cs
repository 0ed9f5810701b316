using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Plumb.Cli.Tests.Leaks.Reports;

/// <summary>
/// Checks documents against the part of JSON Schema (draft 2020-12) that Plumb's own schemas use, and fails on any keyword that it does not
/// know. Stricter than the standard in one thing: a field that the schema does not describe is a fault, because then the page is out of date.
/// </summary>
internal sealed class JsonSchema
{
    private static readonly HashSet<string> s_annotations = ["$schema", "$defs", "title", "description", "format", "$id"];

    private readonly JsonElement _root;

    private JsonSchema(JsonElement root) => _root = root;

    /// <summary>A schema of <c>docs/formats</c>.</summary>
    public static JsonSchema Read(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "docs", "formats", name);
            if (File.Exists(path))
            {
                return new JsonSchema(JsonDocument.Parse(File.ReadAllText(path)).RootElement);
            }
        }

        throw new FileNotFoundException(name);
    }

    public static JsonSchema Parse(string schema) => new(JsonDocument.Parse(schema).RootElement);

    /// <summary>What is wrong with a document, with its place; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults(string json)
    {
        List<string> faults = [];
        using JsonDocument document = JsonDocument.Parse(json);
        Check(document.RootElement, _root, "$", faults);
        return faults;
    }

    private void Check(JsonElement value, JsonElement schema, string place, List<string> faults)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            bool holds = keyword.Name switch
            {
                "$ref" => CheckReference(value, keyword.Value.GetString()!, place, faults),
                "type" => Types(keyword.Value).Any(type => IsOf(value, type)),
                "const" => JsonElement.DeepEquals(value, keyword.Value),
                "enum" => keyword.Value.EnumerateArray().Any(one => JsonElement.DeepEquals(value, one)),
                "anyOf" => CheckAny(value, keyword.Value, place, faults),
                "required" => value.ValueKind != JsonValueKind.Object || keyword.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
                "properties" => CheckProperties(value, schema, place, faults),
                "additionalProperties" => true,
                "items" => CheckItems(value, keyword.Value, place, faults),
                "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= keyword.Value.GetDouble(),
                "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() <= keyword.Value.GetDouble(),
                "exclusiveMinimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() > keyword.Value.GetDouble(),
                "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= keyword.Value.GetInt32(),
                "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!),
                var name => s_annotations.Contains(name) ? true : throw new NotSupportedException($"{place}: the keyword {name} is not known here"),
            };
            if (!holds)
            {
                faults.Add($"{place}: {keyword.Name} {keyword.Value.GetRawText()} does not hold for {Shown(value)}");
            }
        }

        // A bag of values without names of its own.
        if (!schema.TryGetProperty("properties", out _) && schema.TryGetProperty("additionalProperties", out JsonElement each) && value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in value.EnumerateObject())
            {
                Check(property.Value, each, $"{place}.{property.Name}", faults);
            }
        }
    }

    private bool CheckReference(JsonElement value, string reference, string place, List<string> faults)
    {
        JsonElement target = reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(_root, (at, name) => at.GetProperty(name));
        Check(value, target, place, faults);
        return true;
    }

    private bool CheckAny(JsonElement value, JsonElement choices, string place, List<string> faults)
    {
        List<List<string>> attempts = [];
        foreach (JsonElement choice in choices.EnumerateArray())
        {
            List<string> attempt = [];
            Check(value, choice, place, attempt);
            attempts.Add(attempt);
        }

        if (!attempts.Exists(attempt => attempt.Count == 0))
        {
            faults.AddRange(attempts.MinBy(attempt => attempt.Count)!);
        }

        return true;
    }

    private bool CheckProperties(JsonElement value, JsonElement schema, string place, List<string> faults)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (schema.GetProperty("properties").TryGetProperty(property.Name, out JsonElement described))
            {
                Check(property.Value, described, $"{place}.{property.Name}", faults);
            }
            else
            {
                faults.Add($"{place}.{property.Name}: the schema does not describe it");
            }
        }

        return true;
    }

    private bool CheckItems(JsonElement value, JsonElement schema, string place, List<string> faults)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement item in value.EnumerateArray())
            {
                Check(item, schema, string.Create(CultureInfo.InvariantCulture, $"{place}[{index++}]"), faults);
            }
        }

        return true;
    }

    private static IEnumerable<string> Types(JsonElement types) => types.ValueKind == JsonValueKind.Array
        ? types.EnumerateArray().Select(type => type.GetString()!)
        : [types.GetString()!];

    private static bool IsOf(JsonElement value, string type) => (type, value.ValueKind) switch
    {
        ("null", JsonValueKind.Null) => true,
        ("string", JsonValueKind.String) => true,
        ("array", JsonValueKind.Array) => true,
        ("object", JsonValueKind.Object) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("number", JsonValueKind.Number) => true,
        ("integer", JsonValueKind.Number) => value.GetDouble() == Math.Floor(value.GetDouble()),
        _ => false,
    };

    private static string Shown(JsonElement value) => value.GetRawText() is { Length: > 60 } text ? text[..60] + "…" : value.GetRawText();
}
