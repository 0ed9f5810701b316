using System.Globalization;
using Plumb.Agent.Contract;
using Plumb.Profiles;
using Plumb.Runtime.Agent;
using Plumb.Runtime.Naming;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Cpu;

/// <summary>The CPU profile that the agent takes: a timer counts the CPU time of each thread, and samples it when it has taken another 10 ms.</summary>
internal static class TimerCapture
{
    private const int Hertz = 100;
    private const string NoCode = "[unknown code]";
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1) / Hertz;

    /// <exception cref="ProfileUnavailableException">No timers here, or another such profile is under way.</exception>
    public static async Task<Profile> RunAsync(TargetProcess target, IAgent agent, TimeSpan duration, TimeProvider time, CancellationToken stop)
    {
        agent.BeginCpu(Hertz);
        try
        {
            DateTimeOffset start = time.GetUtcNow();
            await target.DelayAsync(duration, time, stop).ConfigureAwait(false);
            return Build(target, agent.EndCpu(), start, duration);
        }
        finally
        {
            agent.ForgetCpu();
        }
    }

    private static Profile Build(TargetProcess target, AgentSnapshot snapshot, DateTimeOffset start, TimeSpan duration)
    {
        var profile = new ProfileBuilder(CpuHeader.Of(start, duration, Period, Comments(snapshot.Header)));
        using var names = new FrameNamer(target);
        names.AddProgram(profile);
        LocationId[] frames = Frames(target, snapshot, names, profile);
        LocationId nowhere = profile.Location(profile.Function(NoCode));
        foreach (ref readonly CpuRow row in snapshot.CpuRows)
        {
            if (row.Samples > 0)
                _ = profile.AddSample(Stack(snapshot, row.Stack, frames, nowhere, profile), [row.Samples, row.Nanos]);
        }

        return profile.Build();
    }

    private static IEnumerable<string> Comments(SnapshotHeader header)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{header.Samples} samples by timers of the CPU time of each thread, {Hertz} for each second of it");
        if (header.LostSamples > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{header.LostSamples} samples lost: no room");
        if (header.LostStacks > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{header.LostStacks} samples lost: no room for their stacks");
        if (header.UnwatchedThreads > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{header.UnwatchedThreads} threads not sampled: more than can be watched at once");
    }

    private static LocationId[] Frames(TargetProcess target, AgentSnapshot snapshot, FrameNamer names, ProfileBuilder profile)
    {
        var libraries = LibraryNames.Read(target.Folder);
        var locations = new LocationId[snapshot.Frames.Length];
        for (int i = 0; i < locations.Length; i++)
        {
            FrameRow frame = snapshot.Frames[i];
            locations[i] = frame.IsManaged != 0
                ? names.Location(profile, snapshot, frame)
                : profile.Location(profile.Function($"[{libraries.Find((ulong)frame.Address - 1)}]"));
        }

        return locations;
    }

    // Of native code only the library is known: its frames are one.
    private static StackId Stack(AgentSnapshot snapshot, int stack, LocationId[] frames, LocationId nowhere, ProfileBuilder profile)
    {
        var locations = new List<LocationId>();
        foreach (int frame in snapshot.Stack(stack))
        {
            if (snapshot.Frames[frame].IsManaged != 0 || locations.Count == 0 || locations[^1] != frames[frame])
                locations.Add(frames[frame]);
        }

        return profile.Stack(locations.Count == 0 ? [nowhere] : [.. locations]);
    }
}
