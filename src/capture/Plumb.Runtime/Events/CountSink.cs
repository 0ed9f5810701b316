using Plumb.Runtime.NetTrace;

namespace Plumb.Runtime.Events;

/// <summary>How often one event happens.</summary>
/// <param name="startsWithType">Whether the payload begins with the name of a type, which then tells kinds apart.</param>
internal sealed class CountSink(int id, bool startsWithType) : EventSink(RuntimeEvents.Provider)
{
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);

    protected override void Count(in TraceEvent traced)
    {
        if (traced.Kind.Id == id)
            Totals.Add(Stacks.Intern(traced.Stack), startsWithType ? Type(traced.Payload) : "", 1, 0);
    }

    private string Type(ReadOnlySpan<byte> bytes)
    {
        string type = new BlockReader(bytes, 0).Text();
        return _types.TryGetValue(type, out string? known) ? known : _types[type] = type;
    }
}
