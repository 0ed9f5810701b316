using System.Buffers;
using System.Buffers.Text;
using Plumb.Profiles.LegacyText;

namespace Plumb.Profiles.Interchange;

/// <summary>
/// The first line of a sample: <c>comm pid[/tid] [cpu] time: period event: …</c>. Which of them are there depends on <c>perf script -F</c>; the
/// command, the pid, the time and the event have to be. A command may hold spaces.
/// </summary>
internal readonly ref struct PerfScriptHeader
{
    private static readonly SearchValues<byte> Modifiers = SearchValues.Create("ukhIGHpPSDWeb"u8);

    public ReadOnlySpan<byte> Command { get; private init; }

    public long Pid { get; private init; }

    /// <summary>0 when only one number is given: perf prints the thread then, and calls it the pid.</summary>
    public long Tid { get; private init; }

    public long TimeNanos { get; private init; }

    /// <summary>How many of its events a sample stands for; 1 when left out.</summary>
    public long Period { get; private init; }

    public bool HasPeriod { get; private init; }

    public ReadOnlySpan<byte> Event { get; private init; }

    /// <summary>Behind the event: the leaf where no call chain was recorded, or the fields of a tracepoint.</summary>
    public ReadOnlySpan<byte> Rest { get; private init; }

    public static bool TryParse(ReadOnlySpan<byte> line, out PerfScriptHeader header)
    {
        header = default;
        if (line.IsEmpty || TextScanner.IsSpace(line[0]))
            return false;

        var scanner = new TextScanner(line);
        scanner.TakeWord();
        while (!scanner.AtEnd)
        {
            int commandLength = line.Length - scanner.Rest.Length;
            scanner.SkipSpaces();
            ReadOnlySpan<byte> word = scanner.TakeWord();
            if (TryParseIds(word, out long pid, out long tid) && TryParseTail(scanner, line[..commandLength], pid, tid, out header))
                return true;
        }

        return false;
    }

    private static bool TryParseTail(TextScanner scanner, ReadOnlySpan<byte> command, long pid, long tid, out PerfScriptHeader header)
    {
        header = default;
        scanner.SkipSpaces();
        if (scanner.Rest is [(byte)'[', ..])
            scanner.TakeWord();

        scanner.SkipSpaces();
        if (!TryParseTime(scanner.TakeWord(), out long timeNanos))
            return false;

        scanner.SkipSpaces();
        bool hasPeriod = scanner.TryTakeNumber(out long period);
        scanner.SkipSpaces();
        ReadOnlySpan<byte> name = scanner.TakeWord();
        if (name is not [_, .., (byte)':'])
            return false;

        header = new PerfScriptHeader
        {
            Command = command,
            Pid = pid,
            Tid = tid,
            TimeNanos = timeNanos,
            Period = hasPeriod ? period : 1,
            HasPeriod = hasPeriod,
            Event = WithoutModifiers(name[..^1]),
            Rest = scanner.Rest,
        };
        return true;
    }

    private static bool TryParseIds(ReadOnlySpan<byte> word, out long pid, out long tid)
    {
        tid = 0;
        if (!Utf8Parser.TryParse(word, out pid, out int digits))
            return false;

        if (digits == word.Length)
            return true;

        return word[digits] == '/' && Utf8Parser.TryParse(word[(digits + 1)..], out tid, out int more) && digits + 1 + more == word.Length;
    }

    /// <summary>Seconds and their fraction, <c>4692.817847:</c>.</summary>
    private static bool TryParseTime(ReadOnlySpan<byte> word, out long nanos)
    {
        nanos = 0;
        if (word is not [_, .., (byte)':'] || !Utf8Parser.TryParse(word[..^1], out decimal seconds, out int digits) || digits != word.Length - 1)
            return false;

        if (word.IndexOf((byte)'.') < 0 || seconds < 0 || seconds > long.MaxValue / 1_000_000_000)
            return false;

        nanos = (long)(seconds * 1_000_000_000);
        return true;
    }

    /// <summary><c>cycles:ppp</c> is cycles, measured precisely; <c>sched:sched_switch</c> is its own name.</summary>
    private static ReadOnlySpan<byte> WithoutModifiers(ReadOnlySpan<byte> name)
    {
        int colon = name.LastIndexOf((byte)':');
        return colon > 0 && name[(colon + 1)..].IndexOfAnyExcept(Modifiers) < 0 ? name[..colon] : name;
    }
}
