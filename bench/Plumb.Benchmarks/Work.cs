namespace Plumb.Benchmarks;

/// <summary>Something to have done.</summary>
/// <param name="Arguments">What goes behind the command.</param>
internal sealed record Work(string Name, string What, params string[] Arguments)
{
    public static Work[] All { get; } =
    [
        new("top", "-top, 1M samples x 30 frames", "-top", "cpu1m.pb.gz"),
        new("top-heap", "-top, the same with 4 values and labels", "-top", "heap1m.pb.gz"),
        new("merge", "-top of 200 profiles of 5k samples", ["-top", .. Enumerable.Range(0, 200).Select(i => $"part{i:000}.pb.gz")]),
        new("dot", "-dot of the first", "-dot", "cpu1m.pb.gz"),
        new("peek", "-peek of the first", "-peek", "method1234$", "cpu1m.pb.gz") { IsExtra = true },
        new("traces", "-traces of the first", "-traces", "cpu1m.pb.gz"),
        new("diff", "-diff_base of the first with itself", "-top", "-diff_base=cpu1m.pb.gz", "cpu1m.pb.gz"),
        new("shell", "second command in the shell on the first", "cpu1m.pb.gz") { FirstCommand = "top", SecondCommand = "top -cum" },
        new("shell-peek", "another report in the shell: peek after top", "cpu1m.pb.gz") { FirstCommand = "top", SecondCommand = "peek method1234$", IsExtra = true },
        new("small", "-top on a 20 kB profile, cold start", "-top", "small20k.pb.gz") { Repeats = 15 },
    ];

    /// <summary>Only done when it is asked for by its name.</summary>
    public bool IsExtra { get; init; }

    /// <summary>How often it is done in each turn; more than once for what takes no time.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>In the shell, what comes before that which is measured; null outside of it.</summary>
    public string? FirstCommand { get; init; }

    public string SecondCommand { get; init; } = "";
}
