using Plumb.Evaluation;
using Plumb.Evaluation.Quick;
using Plumb.Evaluation.Recording;

try
{
    return args switch
    {
        ["evaluate", .. var rest] => await EvaluationRun.RunAsync(EvaluationArguments.Parse(rest), Console.Out, Console.Error).ConfigureAwait(false),
        ["record", .. var rest] => await RecordRun.RunAsync(RecordArguments.Parse(rest), Console.Error).ConfigureAwait(false),
        ["quick", .. var rest] => await QuickRun.RunAsync(QuickArguments.Parse(rest), Console.Out, Console.Error).ConfigureAwait(false),
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
        record PROGRAM FOLDER                      records the scenarios of a program of the lab, with their truth
            --variants leak,fixed,healthy
            --only TEXT,TEXT       only scenarios whose name holds one of these
            --snapshots 20 --every 1
            --share 1              how many of the calls leak
            --rate-times 1         times the rate that a scenario asks for
            --jobs 2               how many at once
            --extra "FLAGS"        added to the program's own
        quick PROGRAM --plumb PROGRAM              whether a leak of one thing a request is called within 30 s at 10 requests a second
            --runs 3 --jobs 4      how often each, and how many at once
            --bytes 8192,65536     sizes of the object that is left on the heap
            --promised-bytes 131072 from this size on it has to be called
            --extra "FLAGS"        added to those of plumb leaks
            --page FILE            writes the figures into this page as well
        """);
    return 2;
}
