using System.Text.Json;

namespace Plumb.Evaluation.Series;

/// <summary>What is known of a recorded program, from <c>truth.json</c> beside its series.</summary>
internal sealed record Truth
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Whether it leaks.</summary>
    public required bool Leaks { get; init; }

    /// <summary>The functions any of which is the right answer.</summary>
    public IReadOnlyList<string> ExactFunctions { get; init; } = [];

    /// <summary>Functions that lead to the defect within a call: of use, and not right.</summary>
    public IReadOnlyList<string> NearFunctions { get; init; } = [];

    /// <summary>What grows most visibly: <c>goroutine</c>, <c>heap</c>, <c>fd</c>, …</summary>
    public string? GrowingResource { get; init; }

    /// <summary>The class of the cause, or several of which any is right; see <see cref="Scoring.Causes"/>. Null where nobody said.</summary>
    public IReadOnlyList<string>? Cause { get; init; }

    /// <exception cref="InvalidDataException">It is not what a truth looks like.</exception>
    public static Truth Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (JsonException wrong)
        {
            throw new InvalidDataException($"{path}: {wrong.Message}", wrong);
        }
    }

    /// <exception cref="JsonException">It is not what a truth looks like.</exception>
    public static Truth Parse(string json)
    {
        TruthText text = JsonSerializer.Deserialize<TruthText>(json, s_options) ?? throw new JsonException("expected an object, found null");
        return new Truth
        {
            Leaks = text.Leaks ?? throw new JsonException("'leaks' is missing: true or false"),
            ExactFunctions = text.ExactFunctions ?? [],
            NearFunctions = text.NearFunctions ?? [],
            GrowingResource = text.GrowingResource,
            Cause = Names(text.Cause),
        };
    }

    private static string[]? Names(JsonElement? cause) => cause switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } several => [.. several.EnumerateArray().Select(one => one.GetString()!)],
        null or { ValueKind: JsonValueKind.Null } => null,
        _ => throw new JsonException("'cause' is a name or a list of names"),
    };

    private sealed record TruthText(
        bool? Leaks, IReadOnlyList<string>? ExactFunctions, IReadOnlyList<string>? NearFunctions, string? GrowingResource, JsonElement? Cause);
}
