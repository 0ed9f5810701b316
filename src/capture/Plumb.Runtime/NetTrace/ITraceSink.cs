namespace Plumb.Runtime.NetTrace;

/// <summary>Takes the events of a trace as they are read: by thread in order, between threads only roughly.</summary>
internal interface ITraceSink
{
    void Add(in TraceEvent traced);
}
