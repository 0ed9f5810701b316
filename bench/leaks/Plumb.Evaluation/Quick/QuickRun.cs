using System.Globalization;
using System.Text;
using Plumb.Evaluation.Recording;
using Plumb.Evaluation.Reporting;
using Plumb.Evaluation.Scoring;
using Plumb.Evaluation.Series;

namespace Plumb.Evaluation.Quick;

/// <summary>
/// Whether <c>plumb leaks --load … --rate 10 --for 30s</c> calls a service that keeps one thing for each request, and clears its mended twin.
/// </summary>
internal static class QuickRun
{
    private const string Rate = "10";
    private const string Time = "30s";
    private const string Careless = "leak";
    private const string Mended = "fixed";

    private static readonly string[] s_variants = [Careless, Mended];

    public static async Task<int> RunAsync(QuickArguments arguments, TextWriter output, TextWriter talk)
    {
        IReadOnlyList<QuickCase> cases = QuickCase.All(await Scenario.ListAsync(arguments.Program).ConfigureAwait(false), arguments);
        (QuickCase Case, string Variant)[] runs =
        [
            .. from one in cases
               from variant in s_variants
               from run in Enumerable.Range(0, arguments.Runs)
               select (one, variant),
        ];
        await talk.WriteLineAsync($"{runs.Length} runs of {Time}, {arguments.Jobs} at once").ConfigureAwait(false);
        var answers = new Answer[runs.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = arguments.Jobs };
        await Parallel.ForAsync(0, runs.Length, options, async (i, stop) =>
            answers[i] = await AskAsync(runs[i].Case, runs[i].Variant, arguments, stop).ConfigureAwait(false)).ConfigureAwait(false);

        ILookup<(QuickCase, string), Answer> byCase = runs.Zip(answers).ToLookup(pair => pair.First, pair => pair.Second);
        string table = Table(cases, byCase);
        await output.WriteAsync(table).ConfigureAwait(false);
        if (arguments.Page is { } page)
            await File.WriteAllTextAsync(page, MarkedPage.Replace(await File.ReadAllTextAsync(page).ConfigureAwait(false), "quick", table)).ConfigureAwait(false);
        return cases.All(one => IsKept(one, byCase)) ? 0 : 1;
    }

    // A healthy twin may never be called; a leak has to be called every time where that is promised.
    private static bool IsKept(QuickCase one, ILookup<(QuickCase, string), Answer> answers) =>
        !answers[(one, Mended)].Any(answer => answer.IsLeak) && (!one.IsPromised || answers[(one, Careless)].All(answer => answer.IsLeak));

    private static string Table(IReadOnlyList<QuickCase> cases, ILookup<(QuickCase, string), Answer> answers)
    {
        var text = new StringBuilder("| each request leaves behind | called a leak | right function | otherwise | mended twin called |\n|---|---|---|---|---|\n");
        foreach (QuickCase one in cases)
        {
            Answer[] leaking = [.. answers[(one, Careless)]];
            Answer[] mended = [.. answers[(one, Mended)]];
            Answer[] called = [.. leaking.Where(answer => answer.IsLeak)];
            Truth truth = Truth.Parse(one.Scenario.Truth.ToJsonString());
            int right = called.Count(answer => FunctionNames.Contains(truth.ExactFunctions, answer.Leaks.First().Function));
            string otherwise = string.Join(", ", leaking.Where(answer => !answer.IsLeak).GroupBy(answer => answer.Verdict).Select(group => $"{group.Key} {group.Count()}"));
            text.Append(CultureInfo.InvariantCulture, $"| {one.Leftover} | {called.Length} of {leaking.Length} | {right} of {called.Length} | {(otherwise.Length > 0 ? otherwise : "–")} | {mended.Count(answer => answer.IsLeak)} of {mended.Length} |\n");
        }

        return text.ToString();
    }

    private static async Task<Answer> AskAsync(QuickCase one, string variant, QuickArguments arguments, CancellationToken cancellationToken)
    {
        await using RunningService service = await RunningService
            .StartAsync(arguments.Program, [$"--{variant}", one.Scenario.Name, .. one.Flags], cancellationToken).ConfigureAwait(false);
        return await new PlumbProgram(arguments.Plumb)
            .LeaksAsync([service.Address.AbsoluteUri, "--load", "/run", "--rate", Rate, "--for", Time, .. arguments.Extra], cancellationToken).ConfigureAwait(false);
    }
}
