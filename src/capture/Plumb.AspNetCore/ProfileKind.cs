using Plumb.Profiles;
using Plumb.Runtime;

namespace Plumb.AspNetCore;

/// <summary>A profile that is served: its address, what the index says of it, and how it is taken.</summary>
internal sealed record ProfileKind
{
    /// <summary>The last part of the address, and the name of the file.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in a sentence or two; plain text.</summary>
    public required string Description { get; init; }

    public required Func<RuntimeProfiles, TimeSpan, CancellationToken, Task<Profile>> TakeAsync { get; init; }

    /// <summary>How long is measured when the caller does not say; 0: it is taken at once, and <c>seconds</c> asks for the change meanwhile.</summary>
    public int DefaultSeconds { get; init; }

    /// <summary>What <c>debug=1</c> and <c>debug=2</c> give.</summary>
    public Func<ProfileKind, Profile, int, string> Text { get; init; } = (kind, profile, _) => CountText.Write(kind.Name, profile);

    /// <summary>Whether the text ends with the runtime's figures.</summary>
    public bool EndsWithRuntime { get; init; }

    /// <summary>Whether the index opens it as text: what takes a while, or is for tools alone, is not.</summary>
    public bool IsInstant => DefaultSeconds == 0;

    public static IReadOnlyList<ProfileKind> All { get; } =
    [
        new()
        {
            Name = "heap",
            Description = "What lives, by the stack that allocated it.",
            TakeAsync = (profiles, _, stop) => profiles.HeapAsync(stop),
            Text = (kind, profile, _) => profile.SampleTypes.Length == HeapText.Values ? HeapText.Write(profile) : CountText.Write(kind.Name, profile),
            EndsWithRuntime = true,
        },
        new()
        {
            Name = "allocs",
            Description = "Everything that was allocated since sampling began, by stack.",
            TakeAsync = (profiles, _, stop) => profiles.AllocsAsync(stop),
            Text = (kind, profile, _) => profile.SampleTypes.Length == HeapText.Values ? HeapText.Write(profile) : CountText.Write(kind.Name, profile),
            EndsWithRuntime = true,
        },
        new()
        {
            Name = "types",
            Description = "Everything that lives, by type.",
            TakeAsync = (profiles, _, stop) => profiles.TypesAsync(stop),
        },
        new()
        {
            Name = "retention",
            Description = "Everything that lives, by type and by what holds it: static fields, handles, threads. The service stands still for two seconds or so for each gigabyte.",
            TakeAsync = (profiles, _, stop) => profiles.RetentionAsync(stop),
        },
        new()
        {
            Name = "goroutine",
            Description = "What goes on: every thread with its stack, and every chain of async methods that wait.",
            TakeAsync = (profiles, _, stop) => profiles.GoroutineAsync(stop),
            Text = (_, profile, debug) => GoroutineText.Write(profile, debug),
        },
        new()
        {
            Name = "profile",
            Description = "CPU time by stack.",
            TakeAsync = (profiles, duration, stop) => profiles.CpuAsync(duration, stop),
            DefaultSeconds = 30,
        },
        new()
        {
            Name = "block",
            Description = "How often and how long threads wait: for locks, tasks, semaphores and other handles.",
            TakeAsync = (profiles, duration, stop) => profiles.BlockAsync(duration, stop),
            DefaultSeconds = 10,
        },
        new()
        {
            Name = "mutex",
            Description = "How often and how long threads wait for locks that others hold, by the stack that waits.",
            TakeAsync = (profiles, duration, stop) => profiles.MutexAsync(duration, stop),
            DefaultSeconds = 10,
        },
        new()
        {
            Name = "exceptions",
            Description = "Exceptions thrown, by the stack that throws, with their type.",
            TakeAsync = (profiles, duration, stop) => profiles.ExceptionsAsync(duration, stop),
            DefaultSeconds = 10,
        },
        new()
        {
            Name = "threadcreate",
            Description = "Threads created, by the stack that creates them.",
            TakeAsync = (profiles, duration, stop) => profiles.ThreadCreationAsync(duration, stop),
            DefaultSeconds = 10,
        },
        new()
        {
            Name = "handles",
            Description = "What is held: sockets by their other end, files by folder, timers by what they call, connections of HTTP clients by host.",
            TakeAsync = (profiles, _, stop) => profiles.HandlesAsync(stop),
        },
    ];
}
