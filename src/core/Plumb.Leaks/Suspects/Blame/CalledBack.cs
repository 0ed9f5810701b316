using Plumb.Leaks.Knowledge;
using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Suspects.Blame;

/// <summary>
/// A library that hands something out has the application make it: a driver its connections, <c>sync.Pool</c> a new member. Whoever asked
/// the library for it has it, and is to give it back.
/// </summary>
internal static class CalledBack
{
    /// <summary>The application's frame that asked, towards the root; null when the frame was not called by such a library.</summary>
    public static Frame? AskedBy(Frame[] frames, Frame maker)
    {
        var at = Array.IndexOf(frames, maker) + 1;
        var asker = Array.FindIndex(frames, at, f => f.IsApplication);
        if (asker <= at || !Array.Exists(frames[at..asker], HandsOut)) return null;
        // A pool of the application's own around the library's hands out in turn, to another package.
        var user = Array.FindIndex(frames, asker, f => !f.IsApplication || f.Package != frames[asker].Package);
        var keeper = frames[asker].LocalName.EndsWith(".Get", StringComparison.Ordinal) && user > 0 && frames[user].IsApplication ? frames[user] : frames[asker];
        return keeper.NamedFunction == "main.main" ? null : keeper;
    }

    private static bool HandsOut(Frame frame) => frame.Is("sync", "(*Pool).Get") || frame.Is("database/sql", "(*DB).conn");
}
