using System.Text.Json;

namespace Plumb.Symbols.Pdb;

/// <summary>
/// The Source Link map of a PDB: which folders of the build machine are which parts of a repository. The addresses in it are not used: nothing
/// is fetched because a profile names it.
/// </summary>
internal sealed class SourceLinkMap
{
    private readonly List<string> _folders = [];

    private SourceLinkMap()
    {
    }

    /// <returns>An empty map when the text is none.</returns>
    public static SourceLinkMap Parse(ReadOnlyMemory<byte> json)
    {
        var map = new SourceLinkMap();
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("documents", out JsonElement documents) || documents.ValueKind != JsonValueKind.Object)
                return map;

            foreach (JsonProperty entry in documents.EnumerateObject())
            {
                if (entry.Name.EndsWith('*') && entry.Name.Length > 1)
                    map._folders.Add(entry.Name[..^1].Replace('\\', '/'));
            }
        }
        catch (JsonException)
        {
            // Damaged, or written by no compiler: there is no map then.
        }

        // The longest folder is the nearest.
        map._folders.Sort((left, right) => right.Length.CompareTo(left.Length));
        return map;
    }

    /// <summary>The path of a document within its repository; null when the map does not know it.</summary>
    public string? PathInRepository(string document)
    {
        string path = document.Replace('\\', '/');
        string? folder = _folders.Find(folder => path.StartsWith(folder, StringComparison.OrdinalIgnoreCase));
        return folder is null ? null : path[folder.Length..];
    }
}
