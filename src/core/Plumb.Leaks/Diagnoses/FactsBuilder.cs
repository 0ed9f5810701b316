using Plumb.Leaks.Knowledge;
using Plumb.Leaks.Stacks;
using Plumb.Leaks.Suspects;

namespace Plumb.Leaks.Diagnoses;

/// <summary>Puts a suspect and the process around it into the form that patterns look at.</summary>
internal sealed class FactsBuilder(StackTables tables)
{
    private readonly List<StackFact> _process = [.. GoroutineFacts(tables), .. HeapFacts(tables)];

    public SuspectFacts Of(Suspect suspect) => new()
    {
        Growing = [.. suspect.Sites.SelectMany(Facts)],
        Process = _process,
        Blamed = suspect.Anchor?.NamedFunction,
        GrowingFigures = [.. suspect.Figures.Select(f => f.Name)],
    };

    private static IEnumerable<StackFact> Facts(Site site) => site.Members
        .Where((m, i) => i == 0 || m.Gained > 0)
        .Select(m => new StackFact
        {
            Frames = m.Frames,
            IsGoroutine = site.IsGoroutine,
            State = site.State,
            StateWords = site.Dump?.State ?? "",
            Creators = site.Creators,
            IsLockedToThread = site.Dump?.IsLockedToThread ?? false,
            Gained = m.Gained,
            GainedObjects = m.GainedObjects,
        });

    private static IEnumerable<StackFact> GoroutineFacts(StackTables tables) => tables.Goroutines.Select(r => new StackFact
    {
        Frames = tables.Catalog.Frames(r.Key),
        IsGoroutine = true,
        State = tables.Catalog.State(r.Key),
        StateWords = r.Dump?.State ?? "",
        Creators = Array.ConvertAll(r.Dump?.Creators ?? [], tables.Catalog.Frame),
        IsLockedToThread = r.Dump?.IsLockedToThread ?? false,
    });

    private static IEnumerable<StackFact> HeapFacts(StackTables tables) => tables.Heap.Select(r => new StackFact
    {
        Frames = tables.Catalog.Frames(r.Key),
        IsGoroutine = false,
        Gained = r.Gained,
    });
}
