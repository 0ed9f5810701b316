using Plumb.Runtime.NetTrace;

namespace Plumb.Runtime.Events;

/// <summary>Sorts a trace into what a profile counts, and the list of methods.</summary>
/// <param name="provider">Whose events count.</param>
internal abstract class EventSink(string provider) : ITraceSink
{
    public StackIndex Stacks { get; } = new();

    public CodeMap Code => field ??= new CodeMap(Stacks);

    public EventTotals Totals { get; } = new();

    /// <summary>Events that counted.</summary>
    public long Events { get; private set; }

    public void Add(in TraceEvent traced)
    {
        if (traced.Kind.Provider == provider)
        {
            Events++;
            Count(traced);
        }
        else if (traced.Kind.Provider == RuntimeEvents.RundownProvider)
        {
            Code.Add(traced);
        }
    }

    /// <summary>After the last event.</summary>
    /// <param name="end">When the capture ended, in ticks of the stopwatch.</param>
    public virtual void End(long end)
    {
    }

    protected abstract void Count(in TraceEvent traced);
}
