using Plumb.Evaluation.Reporting;
using Plumb.Evaluation.Scoring;
using Plumb.Evaluation.Series;

namespace Plumb.Evaluation;

/// <summary>Has every series judged at every length, and reports how right the judge was.</summary>
internal static class EvaluationRun
{
    private const string PlotFile = "reliability.svg";

    public static async Task<int> RunAsync(EvaluationArguments arguments, TextWriter output, TextWriter talk)
    {
        SavedSeries[] series = [.. arguments.Sets.SelectMany(set => SavedSeries.Below(set.Name, set.Folder)).Where(s => s.Name.Contains(arguments.Only, StringComparison.Ordinal))];
        if (series.Length == 0)
        {
            await talk.WriteLineAsync($"no series with a {SavedSeries.TruthFile} in these folders").ConfigureAwait(false);
            return 2;
        }

        Trial[] trials = [.. series.SelectMany(s => Trial.Of(s, arguments.Counts))];
        await talk.WriteLineAsync($"{series.Length} series ({series.Count(s => s.Truth.Leaks)} leak), {trials.Length} trials").ConfigureAwait(false);
        var report = new Report(await JudgeAsync(trials, arguments).ConfigureAwait(false));
        await output.WriteAsync($"""
            {report.Scores()}
            ### Confidence

            {report.ReliabilityTable()}
            ### Faults

            {report.Faults()}
            """).ConfigureAwait(false);
        if (arguments.Page is { } page)
            Write(page, report);
        return 0;
    }

    private static async Task<Outcome[]> JudgeAsync(Trial[] trials, EvaluationArguments arguments)
    {
        string scratch = Directory.CreateTempSubdirectory("plumb-evaluation-").FullName;
        try
        {
            var judge = new Judge(new PlumbProgram(arguments.Plumb), scratch);
            var outcomes = new Outcome[trials.Length];
            var options = new ParallelOptions { MaxDegreeOfParallelism = arguments.Jobs };
            await Parallel.ForAsync(0, trials.Length, options, async (i, stop) =>
                outcomes[i] = new Outcome(trials[i], await judge.AskAsync(trials[i], stop).ConfigureAwait(false))).ConfigureAwait(false);
            return outcomes;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static void Write(string page, Report report)
    {
        string text = MarkedPage.Replace(File.ReadAllText(page), "scores", report.Scores());
        File.WriteAllText(page, MarkedPage.Replace(text, "reliability", $"![Confidence against how often it was right]({PlotFile})\n\n{report.ReliabilityTable()}"));
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(page))!, PlotFile), ReliabilityPlot.Draw(report.Reliability));
    }
}
