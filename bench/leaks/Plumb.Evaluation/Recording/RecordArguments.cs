using System.Globalization;

namespace Plumb.Evaluation.Recording;

/// <summary>What <c>record</c> was asked to do.</summary>
internal sealed record RecordArguments
{
    /// <summary>A program of the lab that has scenarios.</summary>
    public required string Program { get; init; }

    /// <summary>Where the series go, each into a folder of its own. Those that are there already are left alone.</summary>
    public required string Folder { get; init; }

    /// <summary>Of <c>leak</c>, <c>fixed</c>, <c>healthy</c>.</summary>
    public IReadOnlyList<string> Variants { get; init; } = ["leak", "fixed", "healthy"];

    /// <summary>Only scenarios whose name holds one of these.</summary>
    public IReadOnlyList<string> Only { get; init; } = [""];

    public int Snapshots { get; init; } = 20;

    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many of the calls leak: 0.1 is one in ten.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Times the rate that the scenario asks for.</summary>
    public double RateTimes { get; init; } = 1;

    public int Jobs { get; init; } = 2;

    /// <summary>Added to the program's arguments, such as where its database is.</summary>
    public IReadOnlyList<string> Extra { get; init; } = [];

    /// <exception cref="ArgumentException">They are not understood; the message says which.</exception>
    public static RecordArguments Parse(IReadOnlyList<string> arguments)
    {
        if (arguments is not [{ } program, { } folder, ..])
            throw new ArgumentException("a program and a folder are needed");
        var parsed = new RecordArguments { Program = Path.GetFullPath(program), Folder = folder };
        for (int i = 2; i < arguments.Count; i += 2)
        {
            string value = i + 1 < arguments.Count ? arguments[i + 1] : throw new ArgumentException($"{arguments[i]} wants a value");
            parsed = arguments[i] switch
            {
                "--variants" => parsed with { Variants = value.Split(',') },
                "--only" => parsed with { Only = value.Split(',') },
                "--snapshots" => parsed with { Snapshots = (int)Number(value) },
                "--every" => parsed with { Every = TimeSpan.FromSeconds(Number(value)) },
                "--share" => parsed with { Share = Number(value) },
                "--rate-times" => parsed with { RateTimes = Number(value) },
                "--jobs" => parsed with { Jobs = (int)Number(value) },
                "--extra" => parsed with { Extra = value.Split(' ', StringSplitOptions.RemoveEmptyEntries) },
                _ => throw new ArgumentException($"'{arguments[i]}' is not understood"),
            };
        }

        return parsed;
    }

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number > 0
        ? number
        : throw new ArgumentException($"'{text}' is no number above 0");
}
