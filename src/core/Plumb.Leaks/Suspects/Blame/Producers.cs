using Plumb.Leaks.Knowledge;
using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Suspects.Blame;

/// <summary>
/// What a function makes and returns is kept by whoever called it, never by the function itself: the line to mend is the caller's. A method
/// may keep what it reads in its receiver, a plain function cannot.
/// </summary>
internal static class Producers
{
    private static readonly string[] Constructing = ["new", "make"];
    private static readonly string[] Producing = ["create", "build", "alloc", "read", "load", "decode", "parse", "clone", "copy", "generate", "render", "encode"];

    /// <summary>The frame nearest the leaf, from an application's frame on, that does not only produce; that frame itself when all do.</summary>
    public static Frame Keeper(Frame[] frames, Frame nearest)
    {
        var at = Array.IndexOf(frames, nearest);
        if (nearest.IsDotNet) return Constructs(nearest) ? Array.Find(frames[(at + 1)..], f => f is { IsApplication: true, IsEntryPoint: false } && !Constructs(f)) ?? nearest : nearest;
        while ((OnlyProduces(frames[at]) || OnlyReads(frames, at)) && at + 1 < frames.Length && frames[at + 1] is { IsApplication: true, IsEntryPoint: false }) at++;
        return OnlyProduces(frames[at]) ? nearest : frames[at];
    }

    // A plain function that has the whole of something read, for a method that may keep it.
    private static bool OnlyReads(Frame[] frames, int at) =>
        at > 0 && !IsMethod(frames[at]) && at + 1 < frames.Length && IsMethod(frames[at + 1])
        && (frames[at - 1].Is("io", "ReadAll") || frames[at - 1].Is("io/ioutil", "ReadAll", "ReadFile") || frames[at - 1].Is("os", "ReadFile"));

    private static bool IsMethod(Frame frame) => frame.LocalName.Contains('.', StringComparison.Ordinal) && frame.NamedFunction == frame.Function;

    // Who asks a container or a serializer for an object has frames of libraries between it and the constructor.
    private static bool Constructs(Frame frame) => frame.Function.EndsWith(".ctor", StringComparison.Ordinal);

    private static bool OnlyProduces(Frame frame)
    {
        var local = frame.LocalName;
        var name = frame.NamedFunction[(frame.NamedFunction.LastIndexOf('.') + 1)..];
        return Array.Exists(Constructing, verb => Begins(name, verb)) || (!local.StartsWith('(') && !local.Contains('.', StringComparison.Ordinal) && Array.Exists(Producing, verb => Begins(name, verb)));
    }

    // newSession and NewSession, but not newest.
    private static bool Begins(string name, string verb) =>
        name.StartsWith(verb, StringComparison.OrdinalIgnoreCase) && name.AsSpan(1, verb.Length - 1).SequenceEqual(verb.AsSpan(1))
        && (name.Length == verb.Length || char.IsAsciiLetterUpper(name[verb.Length]));
}
