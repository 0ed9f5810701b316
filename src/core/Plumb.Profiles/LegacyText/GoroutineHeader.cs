using System.Buffers.Text;

namespace Plumb.Profiles.LegacyText;

/// <summary>
/// The first line of a goroutine: <c>goroutine 18 [chan receive, 5 minutes, locked to thread]:</c>, with <c>gp=… m=… mp=…</c> before the
/// brackets under GOTRACEBACK=system and <c>{"key": "value"}</c> behind them in newer versions.
/// </summary>
internal readonly ref struct GoroutineHeader
{
    public long Id { get; private init; }

    public ReadOnlySpan<byte> State { get; private init; }

    public long WaitMinutes { get; private init; }

    public bool IsLockedToThread { get; private init; }

    public ReadOnlySpan<byte> Remark { get; private init; }

    /// <summary>What stands between the braces.</summary>
    public ReadOnlySpan<byte> Labels { get; private init; }

    public static bool TryParse(ReadOnlySpan<byte> line, out GoroutineHeader header)
    {
        header = default;
        if (!line.StartsWith("goroutine "u8) || line[^1] != ':')
            return false;

        ReadOnlySpan<byte> rest = line["goroutine ".Length..^1];
        if (!Utf8Parser.TryParse(rest, out long id, out int digits) || digits == rest.Length || rest[digits] != ' ')
            return false;

        int open = rest.IndexOf((byte)'[');
        int close = open < 0 ? -1 : rest[open..].IndexOf((byte)']');
        if (close < 0)
            return false;

        header = Parse(id, rest[(open + 1)..(open + close)], rest[(open + close + 1)..]);
        return true;
    }

    private static GoroutineHeader Parse(long id, ReadOnlySpan<byte> bracket, ReadOnlySpan<byte> after)
    {
        ReadOnlySpan<byte> state = bracket;
        ReadOnlySpan<byte> remark = default;
        long minutes = 0;
        bool isLocked = false;
        int comma = bracket.IndexOf(", "u8);
        if (comma >= 0)
        {
            state = bracket[..comma];
            remark = ParseExtras(bracket[(comma + 2)..], ref minutes, ref isLocked);
        }

        // A goroutine caught while the collector scanned its stack is in the same state as one that was not.
        if (state.EndsWith(" (scan)"u8))
            state = state[..^" (scan)".Length];

        int open = after.IndexOf((byte)'{');
        bool hasLabels = open >= 0 && after[^1] == '}';
        return new GoroutineHeader
        {
            Id = id,
            State = state,
            WaitMinutes = minutes,
            IsLockedToThread = isLocked,
            Remark = remark,
            Labels = hasLabels ? after[(open + 1)..^1] : default,
        };
    }

    /// <summary>Takes what is known off the front; returns the rest.</summary>
    private static ReadOnlySpan<byte> ParseExtras(ReadOnlySpan<byte> extras, scoped ref long minutes, scoped ref bool isLocked)
    {
        while (!extras.IsEmpty)
        {
            int comma = extras.IndexOf(", "u8);
            ReadOnlySpan<byte> extra = comma < 0 ? extras : extras[..comma];
            if (extra.SequenceEqual("locked to thread"u8))
                isLocked = true;
            else if (Utf8Parser.TryParse(extra, out long count, out int digits) && extra[digits..].SequenceEqual(" minutes"u8))
                minutes = count;
            else
                return extras;

            extras = comma < 0 ? default : extras[(comma + 2)..];
        }

        return extras;
    }
}
