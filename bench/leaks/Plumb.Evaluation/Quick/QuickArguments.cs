using System.Globalization;

namespace Plumb.Evaluation.Quick;

/// <summary>What <c>quick</c> was asked to do.</summary>
internal sealed record QuickArguments
{
    /// <summary>A program of the lab that has the scenarios.</summary>
    public required string Program { get; init; }

    /// <summary>The judge to run.</summary>
    public required string Plumb { get; init; }

    /// <summary>Times that each case is run.</summary>
    public int Runs { get; init; } = 3;

    public int Jobs { get; init; } = 4;

    /// <summary>Sizes of the object that every request leaves on the heap.</summary>
    public IReadOnlyList<int> Bytes { get; init; } = [16 << 10, 32 << 10, 48 << 10, 64 << 10, 128 << 10];

    /// <summary>From this size on the object has to be found.</summary>
    public int PromisedBytes { get; init; } = 128 << 10;

    /// <summary>Added to the flags of <c>plumb leaks</c>, such as <c>--every 2s</c>.</summary>
    public IReadOnlyList<string> Extra { get; init; } = [];

    /// <summary>The page to write the figures into; null: only print.</summary>
    public string? Page { get; init; }

    /// <exception cref="ArgumentException">They are not understood; the message says which.</exception>
    public static QuickArguments Parse(IReadOnlyList<string> arguments)
    {
        if (arguments is not [{ } program, ..])
            throw new ArgumentException("a program of the lab is needed");
        var parsed = new QuickArguments { Program = Path.GetFullPath(program), Plumb = "" };
        for (int i = 1; i < arguments.Count; i += 2)
        {
            string value = i + 1 < arguments.Count ? arguments[i + 1] : throw new ArgumentException($"{arguments[i]} wants a value");
            parsed = arguments[i] switch
            {
                "--plumb" => parsed with { Plumb = value },
                "--runs" => parsed with { Runs = Count(value) },
                "--jobs" => parsed with { Jobs = Count(value) },
                "--bytes" => parsed with { Bytes = [.. value.Split(',').Select(Count)] },
                "--promised-bytes" => parsed with { PromisedBytes = Count(value) },
                "--extra" => parsed with { Extra = value.Split(' ', StringSplitOptions.RemoveEmptyEntries) },
                "--page" => parsed with { Page = value },
                _ => throw new ArgumentException($"'{arguments[i]}' is not understood"),
            };
        }

        return parsed.Plumb.Length > 0 ? parsed : throw new ArgumentException("--plumb is needed");
    }

    private static int Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
        ? count
        : throw new ArgumentException($"'{text}' is no number above 0");
}
