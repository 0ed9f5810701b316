using System.Text.Json;

namespace Plumb.Runtime.Naming;

/// <summary>Which modules of a program are its own projects and which are packages, from the file beside it in which the build wrote that down.</summary>
internal static class ProgramModules
{
    private const long MaxFileBytes = 16 * 1024 * 1024;

    /// <param name="program">The program's own module; empty when unknown.</param>
    /// <returns>File names; empty when there is no such file, as for a program in a single file, or none that can be read.</returns>
    public static IReadOnlyList<string> OwnBeside(string program)
    {
        try
        {
            string path = Path.ChangeExtension(program, ".deps.json");
            if (new FileInfo(path) is not { Exists: true, Length: < MaxFileBytes })
                return [];
            using var dependencies = JsonDocument.Parse(File.ReadAllBytes(path));
            return Own(dependencies.RootElement);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or JsonException or InvalidOperationException)
        {
            // It is the program's, and its shape a matter of the SDK: whatever is not as expected says nothing.
            return [];
        }
    }

    private static List<string> Own(JsonElement dependencies)
    {
        var own = new List<string>();
        if (!dependencies.TryGetProperty("libraries", out JsonElement libraries) || !dependencies.TryGetProperty("targets", out JsonElement targets))
            return own;
        foreach (JsonProperty target in targets.EnumerateObject())
        {
            foreach (JsonProperty library in target.Value.EnumerateObject())
            {
                if (!IsProject(libraries, library.Name) || !library.Value.TryGetProperty("runtime", out JsonElement files))
                    continue;
                own.AddRange(files.EnumerateObject().Select(file => Path.GetFileName(file.Name)));
            }
        }

        return own;
    }

    private static bool IsProject(JsonElement libraries, string name) =>
        libraries.TryGetProperty(name, out JsonElement library) && library.TryGetProperty("type", out JsonElement type) && type.GetString() == "project";
}
