using Plumb.Runtime.Frozen;

namespace Plumb.Runtime.Goroutines;

/// <summary>
/// Async methods that the runtime itself stops and resumes (runtime async of .NET 10 and later, beside state machines). A chain of them that waits is a list of continuations,
/// innermost first, that the task of the outermost holds (AsyncHelpers.ThunkTask in dotnet/runtime).
/// </summary>
internal sealed class ContinuationChains(IFrozenHeap heap, FrozenTypes types)
{
    public const string Holder = "System.Runtime.CompilerServices.AsyncHelpers.ThunkTask";
    private const string Continuation = "System.Runtime.CompilerServices.Continuation";
    private const string Helpers = "System.Runtime.CompilerServices.AsyncHelpers.";
    private const string Unnamed = "[runtime async method]";
    private const int MaxDepth = 256;

    private readonly ResumptionStubs _stubs = new(heap, types);

    /// <summary>Continuations seen so far.</summary>
    public long Seen { get; private set; }

    /// <summary>Those of them whose method was not found, or only its bare name.</summary>
    public long NotNamed { get; private set; }

    /// <param name="first">The continuation of the innermost method; 0 for none.</param>
    /// <returns>Innermost first; methods that only hand on a task, and those that await means, are left out.</returns>
    public IReadOnlyList<AsyncFrame> Follow(long first)
    {
        var frames = new List<AsyncFrame>();
        FrozenObject? next = FrozenObject.At(heap, types, first);
        for (int i = 0; next is not null && next.Type.Is(Continuation) && i < MaxDepth; i++)
        {
            // The last one has nothing to resume: it takes the result. A runtime that writes it down otherwise is not understood, but its calls are counted.
            if (!next.Type.Offsets.ContainsKey("Resume"))
                Add(frames, null, 0);
            else if (next.Value<long>("Resume") is not 0 and var resume)
                Add(frames, _stubs.Find(resume), next.Value<int>("State"));
            next = next.Object("Next");
        }

        return frames;
    }

    private void Add(List<AsyncFrame> frames, ResumptionStub? stub, int state)
    {
        Seen++;
        if (stub is { IsFound: true, Method: null } || stub?.Method?.Name.Name.StartsWith(Helpers, StringComparison.Ordinal) == true)
            return;
        if (stub?.Method is not { } method)
        {
            NotNamed++;
            frames.Add(new AsyncFrame(null, stub?.Name ?? Unnamed, "", 0));
            return;
        }

        frames.Add(new AsyncFrame(method.Name, method.Name.Name, stub.Module, method.LineAt(state)));
    }
}
