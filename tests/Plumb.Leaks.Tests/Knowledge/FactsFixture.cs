using System.Globalization;
using Plumb.Leaks.Knowledge;
using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Tests.Knowledge;

/// <summary>
/// Reads a suspect from text that a person can write. A line without indent begins a stack, <c>goroutine [words] +gain</c> or
/// <c>heap +bytes</c>, and then
/// <c>objects number</c> where it matters (of .NET, the first frame of heap is the type); <c>process</c> before it means that it does not grow. Indented lines are frames, leaf first, or
/// <c>created by</c> a frame. <c>blamed</c> names the function that is to blame. <c>figures</c> names the figures of the process that grow. <c>#</c> is a comment.
/// </summary>
internal static class FactsFixture
{
    public static SuspectFacts Parse(string text, bool isDotNet = false)
    {
        List<StackFact> growing = [], process = [];
        string[] figures = [];
        string? blamed = null;
        foreach (var block in Blocks(text))
        {
            if (block[0].StartsWith("figures ", StringComparison.Ordinal)) figures = block[0].Split(' ')[1..];
            else if (block[0].StartsWith("blamed ", StringComparison.Ordinal)) blamed = block[0]["blamed ".Length..];
            else if (block[0].StartsWith("process ", StringComparison.Ordinal)) process.Add(Stack(block[0]["process ".Length..], block[1..], isDotNet));
            else growing.Add(Stack(block[0], block[1..], isDotNet));
        }

        return new SuspectFacts { Growing = growing, Process = [.. growing, .. process], GrowingFigures = figures, Blamed = blamed };
    }

    private static IEnumerable<string[]> Blocks(string text)
    {
        var block = new List<string>();
        foreach (var line in text.Split('\n').Where(l => l.Trim().Length > 0 && !l.StartsWith('#')))
        {
            if (!char.IsWhiteSpace(line[0]) && block.Count > 0)
            {
                yield return [.. block];
                block.Clear();
            }

            block.Add(line.TrimEnd());
        }

        if (block.Count > 0) yield return [.. block];
    }

    private static StackFact Stack(string head, string[] body, bool isDotNet)
    {
        var frames = body.Where(l => !l.Trim().StartsWith("created by ", StringComparison.Ordinal)).Select(l => ParseFrame(l.Trim(), isDotNet)).ToList();
        var creators = body.Where(l => l.Trim().StartsWith("created by ", StringComparison.Ordinal)).Select(l => ParseFrame(l.Trim()["created by ".Length..], isDotNet)).ToList();
        var isGoroutine = head.StartsWith("goroutine", StringComparison.Ordinal);
        // What was allocated is nobody's method, though it may be a type of the application.
        if (isDotNet && !isGoroutine && frames.Count > 1) frames[0] = frames[0] with { Owner = FrameOwner.Standard };
        var open = head.IndexOf('[', StringComparison.Ordinal);
        var words = open < 0 ? "" : head[(open + 1)..head.IndexOf(']', StringComparison.Ordinal)];
        var plus = head.IndexOf('+', StringComparison.Ordinal);
        return new StackFact
        {
            Frames = frames,
            IsGoroutine = isGoroutine,
            State = isGoroutine ? StateOf(frames, words.Split(',')[0]) : WaitState.Unknown,
            StateWords = words.Split(',')[0],
            IsLockedToThread = words.Contains("locked to thread", StringComparison.Ordinal),
            Creators = creators,
            Gained = plus < 0 ? 0 : double.Parse(head[(plus + 1)..].Split(' ')[0], CultureInfo.InvariantCulture),
            GainedObjects = head.Split(" objects ") is [_, var objects] ? double.Parse(objects, CultureInfo.InvariantCulture) : 0,
        };
    }

    private static WaitState StateOf(List<Frame> frames, string words)
    {
        var catalog = new StackCatalog(10);
        int[] ids = [.. frames.Select(f => catalog.FrameId(f.Function, f.File, f.Line))];
        return catalog.State(StackNormalizer.Intern(catalog, ids, goroutines: true, words)!.Value);
    }

    private static Frame ParseFrame(string line, bool isDotNet)
    {
        if (isDotNet) return new Frame(line, "", "", 0, new DotNetClassifier([(line, "")]).Classify(line, "")) { IsDotNet = true };
        var (function, package) = GoSymbol.Parse(line);
        return new Frame(function, package, "", 0, new FrameClassifier([(function, package, "")], null).Classify(package, ""));
    }
}
