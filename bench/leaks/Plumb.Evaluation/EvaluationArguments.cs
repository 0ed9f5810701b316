using System.Globalization;

namespace Plumb.Evaluation;

/// <summary>What <c>evaluate</c> was asked to do.</summary>
internal sealed record EvaluationArguments
{
    /// <summary>Name and folder of each set.</summary>
    public required IReadOnlyList<(string Name, string Folder)> Sets { get; init; }

    /// <summary>The judge to run.</summary>
    public required string Plumb { get; init; }

    /// <summary>Numbers of snapshots; 0 is all.</summary>
    public IReadOnlyList<int> Counts { get; init; } = [6, 8, 12, 0];

    public int Jobs { get; init; } = 2;

    /// <summary>Only series whose name holds this.</summary>
    public string Only { get; init; } = "";

    /// <summary>The page to write the figures into; null: only print.</summary>
    public string? Page { get; init; }

    /// <exception cref="ArgumentException">They are not understood; the message says which.</exception>
    public static EvaluationArguments Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new EvaluationArguments { Sets = [], Plumb = "" };
        var sets = new List<(string, string)>();
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                int equals = argument.IndexOf('=', StringComparison.Ordinal);
                string folder = argument[(equals + 1)..];
                sets.Add((equals < 0 ? Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)) : argument[..equals], folder));
                continue;
            }

            string value = ++i < arguments.Count ? arguments[i] : throw new ArgumentException($"{argument} wants a value");
            parsed = argument switch
            {
                "--plumb" => parsed with { Plumb = value },
                "--counts" => parsed with { Counts = [.. value.Split(',').Select(Count)] },
                "--jobs" => parsed with { Jobs = Count(value) },
                "--only" => parsed with { Only = value },
                "--page" => parsed with { Page = value },
                _ => throw new ArgumentException($"'{argument}' is not understood"),
            };
        }

        if (sets.FirstOrDefault(set => !Directory.Exists(set.Item2)) is (_, { } missing))
            throw new ArgumentException($"there is no folder '{missing}'");
        if (sets.Count == 0 || parsed.Plumb.Length == 0)
            throw new ArgumentException("a folder of saved series and --plumb are needed");
        return parsed with { Sets = sets };
    }

    private static int Count(string text) => text == "all" ? 0
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 2 ? count
        : throw new ArgumentException($"'{text}' is no number of snapshots: 2 or more, or all");
}
