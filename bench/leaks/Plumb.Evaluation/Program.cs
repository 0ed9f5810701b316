using Plumb.Evaluation;

try
{
    return args switch
    {
        ["evaluate", .. var rest] => await EvaluationRun.RunAsync(EvaluationArguments.Parse(rest), Console.Out, Console.Error).ConfigureAwait(false),
        _ => Usage(),
    };
}
catch (Exception wrong) when (wrong is ArgumentException or InvalidDataException or IOException)
{
    await Console.Error.WriteLineAsync($"leaks: {wrong.Message}").ConfigureAwait(false);
    return 2;
}

static int Usage()
{
    Console.Error.WriteLine("""
        evaluate [NAME=]FOLDER… --plumb PROGRAM    judges every saved series below the folders that has a truth.json
            --counts 6,8,12,all    from how many snapshots
            --only TEXT            only series whose name holds this
            --jobs 2               how many at once
            --page FILE            writes the figures into this page as well
        """);
    return 2;
}
