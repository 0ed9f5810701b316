using System.Collections.Immutable;
using Plumb.Reports.Limits;
using Plumb.Reports.Options;
using Plumb.Web.Serving;

namespace Plumb.Cli.Pprof;

/// <summary>What a command line of <c>plumb pprof</c> asks for.</summary>
internal sealed record PprofArguments
{
    /// <summary>The report to make; null for the shell.</summary>
    public PprofCommand? Command { get; init; }

    /// <summary>The pattern given with the report; null when it takes none.</summary>
    public string? Pattern { get; init; }

    public ReportOptions Options { get; init; } = ReportOptions.Default;

    /// <summary>Files and URLs, and perhaps a binary before them.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>What to subtract; empty for nothing.</summary>
    public string Base { get; init; } = "";

    /// <summary>Whether percentages are of the base.</summary>
    public bool IsDiffBase { get; init; }

    /// <summary>How symbols are looked for, as it was typed.</summary>
    public string Symbolize { get; init; } = "";

    public string BuildId { get; init; } = "";

    /// <summary>How long a live profile is to be taken; null for the server's default.</summary>
    public int? Seconds { get; init; }

    /// <summary>How long to wait for a live profile, in seconds; null for what suits <see cref="Seconds"/>.</summary>
    public int? Timeout { get; init; }

    public string Comment { get; init; } = "";

    /// <summary>Whether the profile's own drop_frames is passed over.</summary>
    public bool AllFrames { get; init; }

    public string Tools { get; init; } = "";

    /// <summary>PEM file with the certificate to show to servers; empty for none.</summary>
    public string TlsCertificate { get; init; } = "";

    /// <summary>PEM file with the key of <see cref="TlsCertificate"/>.</summary>
    public string TlsKey { get; init; } = "";

    /// <summary>PEM file with the only authorities to trust; empty for the system's.</summary>
    public string TlsAuthority { get; init; } = "";

    /// <summary>What functions may not cost. With limits and no report, the limits are all that is looked at.</summary>
    public ImmutableArray<CostLimit> Limits { get; init; } = [];

    /// <summary>Where to serve the browser view; null for another output.</summary>
    public ListenAddress? Http { get; init; }

    /// <summary>Whether the address of the browser view is printed only, and no browser opened.</summary>
    public bool NoBrowser { get; init; }

    public bool WantsHelp { get; init; }

    /// <summary>What the user should know of the command line itself.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}
