using Plumb.Profiles;
using Plumb.Runtime.Events;
using Plumb.Runtime.Heap;
using Plumb.Runtime.NetTrace;

namespace Plumb.Fuzz.Targets;

/// <summary>Traces of .NET's EventPipe.</summary>
internal sealed class TraceTarget : FuzzTarget
{
    private const int MaxObjects = 100_000;

    public override string Name => "traces";

    public override IReadOnlyList<(string Name, byte[] Bytes)> Seeds(string testData) =>
        Corpus.Files(Path.Combine(testData, "traces"), Path.Combine(testData, "hostile", Name));

    public override bool Read(byte[] input)
    {
        try
        {
            NetTraceReader.Read(new MemoryStream(input), new WaitSink());
            NetTraceReader.Read(new MemoryStream(input), new CountSink(RuntimeEvents.ExceptionThrown, startsWithType: true));
            var walk = new HeapWalkSink(new HeapGraph(MaxObjects));
            NetTraceReader.Read(new MemoryStream(input), walk);
            _ = walk.Types().Count();
            return true;
        }
        catch (ProfileFormatException)
        {
            return false;
        }
    }
}
