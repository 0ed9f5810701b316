using Plumb.Leaks.Knowledge;
using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Suspects.Blame;

/// <summary>Goroutines that only wait for others of the same defect, and come last when the one to blame is chosen.</summary>
internal static class HeldUp
{
    /// <summary>Who waits for all it has started to be done is held up by what holds them up.</summary>
    public static bool ByThoseItStarted(Site site, Suspect suspect) =>
        site is { IsGoroutine: true, OwnFrame: { } own, State: WaitState.WaitGroup or WaitState.ChanReceive }
        && suspect.Goroutines.Any(s => s != site && s.State != WaitState.WaitGroup && s.OwnFrame?.NamedFunction != own.NamedFunction && s.CreatorFrame?.NamedFunction == own.NamedFunction);

    /// <summary>A WaitGroup is waited for by whoever started the others, even where no dump says who that was.</summary>
    public static bool ByItsGroup(Site site, Suspect suspect) =>
        site is { IsGoroutine: true, State: WaitState.WaitGroup }
        && suspect.Goroutines.Any(s => s.OwnFrame is not null && s.State is WaitState.Mutex or WaitState.Cond or WaitState.ChanReceive or WaitState.ChanSend or WaitState.Select);

    /// <summary>The server's end of a call that the same process makes ends with the call.</summary>
    public static bool ByItsClient(Site site, Suspect suspect) =>
        site.IsGoroutine && site.OwnFrame is not null && site.Root.Is("net/http", "(*conn).serve")
        && suspect.Goroutines.Any(s => s.OwnFrame is not null && s.Frames.Any(f => f.Is("net/http", "(*persistConn).roundTrip")));

    /// <summary>The accepting end of connections that the same process dials.</summary>
    public static bool ByTheDialler(Site site, Suspect suspect, TwoEndsOfConnections ends) =>
        ends.IsAcceptingEnd(site) && suspect.Goroutines.Any(s => s is { State: WaitState.IoWait, OwnFrame: not null } && !ends.IsAcceptingEnd(s));
}
