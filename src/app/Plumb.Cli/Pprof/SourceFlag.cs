using System.Collections.Immutable;

namespace Plumb.Cli.Pprof;

/// <summary>
/// A flag that is no option of a report: where profiles come from, what may end the run, where it is shown. The command line, its
/// suggestions and the help are read off <see cref="All"/>.
/// </summary>
/// <param name="Section">Of the help; empty for what the help shows elsewhere.</param>
/// <param name="Argument">What follows, as the help writes it; null for a switch.</param>
/// <param name="Help">One line, then perhaps more.</param>
/// <param name="SampleType">What the switch is short for, from before sample types had names.</param>
internal sealed record SourceFlag(string Name, string Section, string? Argument, string Help, string? SampleType = null)
{
    private const string Limits = "Limits";
    private const string Source = "Source options";
    private const string Browser = "Browser";
    private const string Shorthands = "Shorthands";

    /// <summary>In the order of the help; of several shorthands on one command line the first here wins.</summary>
    public static ImmutableArray<SourceFlag> All { get; } =
    [
        new("fail_if", Limits, "'cum(regexp)>10%'",
            "Exit with code 1 when functions cost too much; flat or cum, of a\npercentage or an amount such as 1.5s or 64MB; may be repeated"),
        new("seconds", Source, "n", "Duration for time-based profile collection"),
        new("timeout", Source, "n", "Timeout in seconds for profile collection"),
        new("buildid", Source, "id", "Override build id for main binary"),
        new("add_comment", Source, "text", "Free-form annotation to add to the profile"),
        new("diff_base", Source, "source", "Source of base profile for comparison"),
        new("base", Source, "source", "Source of base profile for profile subtraction"),
        new("all_frames", Source, null, "Ignore drop_frames and keep_frames regexps in the profile"),
        new("symbolize", Source, "mode", "none, local, fastlocal, remote, force; joined by : with\ndemangle=none, full, templates or default"),
        new("tools", Source, "path", "Search path for object tools"),
        new("tls_cert", Source, "file", "Certificate to show to servers"),
        new("tls_key", Source, "file", "Its key"),
        new("tls_ca", Source, "file", "Certificates of the only authorities to trust"),
        new("http", Browser, "host:port", "Show the profile as a web page; host and port may be left out, as in :"),
        new("no_browser", Browser, null, "Do not open a browser, only say the address"),
        new("total_delay", Shorthands, null, "Same as -sample_index=delay", "delay"),
        new("mean_delay", Shorthands, null, "Same as -mean -sample_index=delay", "delay"),
        new("contentions", Shorthands, null, "Same as -sample_index=contentions", "contentions"),
        new("inuse_space", Shorthands, null, "Same as -sample_index=inuse_space", "inuse_space"),
        new("inuse_objects", Shorthands, null, "Same as -sample_index=inuse_objects", "inuse_objects"),
        new("alloc_space", Shorthands, null, "Same as -sample_index=alloc_space", "alloc_space"),
        new("alloc_objects", Shorthands, null, "Same as -sample_index=alloc_objects", "alloc_objects"),
        new("h", "", null, "This text"),
        new("help", "", null, "This text"),
    ];

    public bool IsSwitch => Argument is null;

    public static SourceFlag? Find(string name)
    {
        foreach (SourceFlag flag in All)
        {
            if (flag.Name == name)
                return flag;
        }

        return null;
    }
}
