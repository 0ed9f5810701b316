using System.Globalization;
using Plumb.Evaluation.Recording;

namespace Plumb.Evaluation.Quick;

/// <summary>One thing that a request may leave behind, one each.</summary>
/// <param name="Leftover">What it is, as the table says it.</param>
/// <param name="Flags">Of the program, beside the scenario.</param>
/// <param name="IsPromised">Whether the documentation says that it is found.</param>
internal sealed record QuickCase(string Leftover, Scenario Scenario, IReadOnlyList<string> Flags, bool IsPromised)
{
    private const string Goroutine = "orders-quote-timeout";
    private const string File = "media-files-open";
    private const string Object = "accounts-attachments-kept";

    /// <exception cref="ArgumentException">The program has no such scenarios.</exception>
    public static IReadOnlyList<QuickCase> All(IReadOnlyList<Scenario> scenarios, QuickArguments arguments)
    {
        var cases = new List<QuickCase>
        {
            new("a goroutine", Named(scenarios, Goroutine), [], IsPromised: true),
            new("an open file", Named(scenarios, File), [], IsPromised: true),
        };
        Scenario kept = Named(scenarios, Object);
        foreach (int bytes in arguments.Bytes.Order())
        {
            string size = bytes.ToString(CultureInfo.InvariantCulture);
            cases.Add(new(FormattableString.Invariant($"an object of {bytes / 1024.0:0.#} KiB"), kept, ["--attachment-bytes", size], bytes >= arguments.PromisedBytes));
        }

        return cases;
    }

    private static Scenario Named(IReadOnlyList<Scenario> scenarios, string name) =>
        scenarios.FirstOrDefault(scenario => scenario.Name == name) ?? throw new ArgumentException($"the program has no scenario '{name}'");
}
