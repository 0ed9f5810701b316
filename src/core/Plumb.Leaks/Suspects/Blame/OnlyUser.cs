using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Suspects.Blame;

/// <summary>
/// Who uses a package of the application that works like a library: where all stacks of the process show just one function of another
/// package calling into it, that one has what it returned, and forgot to end it.
/// </summary>
internal sealed class OnlyUser
{
    private readonly Dictionary<string, Dictionary<string, (Frame Frame, Frame[] Stack)>> _users = [];

    /// <param name="stacks">Every stack of the process, leaf first.</param>
    public OnlyUser(IEnumerable<Frame[]> stacks)
    {
        foreach (var frames in stacks)
        {
            for (var i = 1; i < frames.Length; i++)
            {
                if (!frames[i - 1].IsApplication || !frames[i].IsApplication || frames[i - 1].Package == frames[i].Package) continue;
                if (!_users.TryGetValue(frames[i - 1].NamedFunction, out var users)) _users[frames[i - 1].NamedFunction] = users = [];
                users.TryAdd(frames[i].NamedFunction, (frames[i], frames));
            }
        }
    }

    /// <summary>The only user's line and its stack; null when there are several, or it is where the program starts.</summary>
    public (Frame Frame, Frame[] Stack)? Of(Frame function) =>
        _users.TryGetValue(function.NamedFunction, out var users) && users.Count == 1 && users.Values.First() is var user && user.Frame.NamedFunction != "main.main"
            ? user
            : null;
}
