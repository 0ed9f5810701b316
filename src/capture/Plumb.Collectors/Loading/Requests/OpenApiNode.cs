using System.Text.Json;

namespace Plumb.Collectors.Loading.Requests;

/// <summary>A place in an OpenAPI document; what is not there is null, and references are followed within the document, a few steps deep.</summary>
internal sealed class OpenApiNode
{
    private const int MaxReferences = 8;

    private readonly JsonElement _root;

    public OpenApiNode(JsonElement root, JsonElement element)
    {
        _root = root;
        Element = element;
    }

    public JsonElement Element { get; }

    public string? Text => Element.ValueKind switch
    {
        JsonValueKind.String => TextOf(Element),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => Element.GetRawText(),
        _ => null,
    };

    public bool IsTrue => Element.ValueKind == JsonValueKind.True;

    /// <summary>What <c>$ref</c> points to, or this.</summary>
    public OpenApiNode Resolved
    {
        get
        {
            OpenApiNode node = this;
            for (int i = 0; i < MaxReferences && node["$ref"]?.Text is { } reference; i++)
            {
                node = Follow(reference) ?? throw new RequestFormatException("$ref", $"'{reference}' leads nowhere in the document", "Bundle the document into one file.");
            }

            return node;
        }
    }

    public OpenApiNode? this[string name] =>
        Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(name, out JsonElement value) ? new OpenApiNode(_root, value) : null;

    public IEnumerable<OpenApiNode> Items() =>
        Element.ValueKind == JsonValueKind.Array ? Element.EnumerateArray().Select(item => new OpenApiNode(_root, item)) : [];

    public IEnumerable<(string Name, OpenApiNode Node)> Properties() =>
        Element.ValueKind == JsonValueKind.Object ? Element.EnumerateObject().Select(one => (one.Name, new OpenApiNode(_root, one.Value))) : [];

    private OpenApiNode? Follow(string reference)
    {
        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return null;
        }

        OpenApiNode? node = new(_root, _root);
        foreach (string part in reference[2..].Split('/'))
        {
            // RFC 6901: ~1 is a slash, ~0 a tilde, in this order.
            node = node?[part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
        }

        return node;
    }

    private static string? TextOf(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return null;
        }
    }
}
