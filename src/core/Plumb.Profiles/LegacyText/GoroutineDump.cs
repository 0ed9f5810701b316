using System.Collections.Immutable;
using Plumb.Profiles.Input;

namespace Plumb.Profiles.LegacyText;

/// <summary>
/// All goroutines of a Go process with state, waiting time and creator: what <c>/debug/pprof/goroutine?debug=2</c> answers and what a
/// crashing process prints. The reference pprof cannot read it. Immutable.
/// </summary>
/// <remarks>
/// Format: runtime/traceback.go (<c>goroutineheader</c>, <c>traceback</c>, <c>printcreatedby</c>). Lines that are not part of it, such as a
/// panic message, registers or a log line in between, are passed over.
/// </remarks>
public sealed class GoroutineDump
{
    internal GoroutineDump(ImmutableArray<Goroutine> goroutines, bool isCut, long skippedLines)
    {
        Goroutines = goroutines;
        IsCut = isCut;
        SkippedLines = skippedLines;
    }

    /// <summary>In the order of the dump: the one that took the dump or crashed first.</summary>
    public ImmutableArray<Goroutine> Goroutines { get; }

    /// <summary>The text stops in the middle of a goroutine. Go cuts what it serves at 64 MiB, so a dump that large is incomplete.</summary>
    public bool IsCut { get; }

    /// <summary>Lines within goroutines that made no sense; 0 for an undamaged dump.</summary>
    public long SkippedLines { get; }

    /// <exception cref="ProfileFormatException">No goroutine in it, or over a limit.</exception>
    public static GoroutineDump Parse(ReadOnlyMemory<byte> bytes, ProfileLimits? limits = null)
    {
        limits ??= ProfileLimits.Default;
        using var input = BoundedInput.Open(bytes, limits);
        return new GoroutineDumpParser(limits).Parse(input);
    }

    /// <param name="source">Plain or gzip; read from where it stands to its end, and closed.</param>
    /// <param name="limits">What is accepted; <see cref="ProfileLimits.Default"/> when null.</param>
    /// <exception cref="ProfileFormatException">No goroutine in it, or over a limit.</exception>
    public static GoroutineDump Parse(Stream source, ProfileLimits? limits = null)
    {
        limits ??= ProfileLimits.Default;
        using BoundedInput input = source as BoundedInput ?? BoundedInput.Open(source, limits);
        return new GoroutineDumpParser(limits).Parse(input);
    }

    /// <summary>
    /// The dump as a profile of type goroutine/count, so that every report works on it: one sample for goroutines of equal stack and
    /// labels. Labels: <c>state</c>, <c>created_by</c> (function), <c>wait</c> (whole minutes, when at least one), <c>locked_to_thread</c>, and the
    /// goroutine's own.
    /// </summary>
    public Profile ToProfile() => new GoroutineDumpConverter().Convert(this);
}
