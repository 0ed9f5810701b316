using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Plumb.Agent.Contract;

namespace Plumb.Runtime.Agent;

/// <summary>What the agent wrote, row by row. It may come from another process: every index was checked.</summary>
internal sealed class AgentSnapshot
{
    private readonly byte[] _bytes;
    private readonly Dictionary<string, (int Start, int Count)> _parts = [];

    private AgentSnapshot(byte[] bytes, SnapshotHeader header)
    {
        _bytes = bytes;
        Header = header;
    }

    public SnapshotHeader Header { get; }

    public ReadOnlySpan<FrameRow> Frames => Part<FrameRow>(nameof(Frames));

    public ReadOnlySpan<SiteRow> Sites => Part<SiteRow>(nameof(Sites));

    public ReadOnlySpan<ThreadRow> Threads => Part<ThreadRow>(nameof(Threads));

    public ReadOnlySpan<CpuRow> CpuRows => Part<CpuRow>(nameof(CpuRows));

    public int Stacks => Header.Stacks;

    public string Module(int module) => Text(Part<TextRow>("Modules")[module]);

    public string Type(int type) => Text(Part<TextRow>("Types")[type]);

    /// <summary>Rows of <see cref="Frames"/>, leaf first.</summary>
    public ReadOnlySpan<int> Stack(int stack)
    {
        StackRow row = Part<StackRow>(nameof(Stacks))[stack];
        return Part<int>("StackFrames").Slice(row.Start, row.Length);
    }

    /// <param name="answer">Of the agent, which answers with no bytes when it has nothing to tell.</param>
    /// <exception cref="ProfileUnavailableException">It has nothing to tell: it was stopped.</exception>
    /// <inheritdoc cref="Parse" path="/exception"/>
    public static AgentSnapshot Of(byte[] answer) => answer.Length > 0 ? Parse(answer) : throw AgentFaults.Stopped();

    /// <exception cref="InvalidDataException">The bytes are no such snapshot.</exception>
    public static AgentSnapshot Parse(byte[] bytes)
    {
        int headerSize = Unsafe.SizeOf<SnapshotHeader>();
        if (bytes.Length < headerSize)
            throw new InvalidDataException($"an agent snapshot has {headerSize} bytes or more, this one {bytes.Length}");
        var header = MemoryMarshal.Read<SnapshotHeader>(bytes);
        if (header.Magic != AgentContract.Magic || header.Version != AgentContract.Version)
            throw new InvalidDataException($"not an agent snapshot of version {AgentContract.Version}");

        var snapshot = new AgentSnapshot(bytes, header);
        long at = headerSize;
        snapshot.Place<TextRow>("Modules", header.Modules, ref at);
        snapshot.Place<TextRow>("Types", header.Types, ref at);
        snapshot.Place<FrameRow>(nameof(Frames), header.Frames, ref at);
        snapshot.Place<StackRow>(nameof(Stacks), header.Stacks, ref at);
        snapshot.Place<int>("StackFrames", header.StackFrames, ref at);
        snapshot.Place<SiteRow>(nameof(Sites), header.Sites, ref at);
        snapshot.Place<ThreadRow>(nameof(Threads), header.Threads, ref at);
        snapshot.Place<CpuRow>(nameof(CpuRows), header.CpuRows, ref at);
        snapshot.Place<char>("Text", header.TextLength, ref at);
        snapshot.Check();
        return snapshot;
    }

    private void Place<T>(string name, int count, ref long at)
        where T : unmanaged
    {
        long end = at + ((long)count * Unsafe.SizeOf<T>());
        if (count < 0 || end > _bytes.Length)
            throw new InvalidDataException($"{name.ToLowerInvariant()}: {count} rows at byte {at} do not fit into {_bytes.Length} bytes");
        _parts[name] = ((int)at, count);
        at = end;
    }

    private void Check()
    {
        foreach (TextRow row in Part<TextRow>("Modules"))
            Within(row.Start, row.Length, Header.TextLength, "module name");
        foreach (TextRow row in Part<TextRow>("Types"))
            Within(row.Start, row.Length, Header.TextLength, "type name");
        foreach (StackRow row in Part<StackRow>(nameof(Stacks)))
            Within(row.Start, row.Length, Header.StackFrames, "stack");
        foreach (int frame in Part<int>("StackFrames"))
            Within(frame, 1, Header.Frames, "frame of a stack");
        foreach (ref readonly FrameRow row in Frames)
            Within(row.Module, row.Module < 0 ? 0 : 1, Header.Modules, "module of a frame", minusOneIsNone: true);
        foreach (ref readonly ThreadRow row in Threads)
            Within(row.Stack, row.Stack < 0 ? 0 : 1, Header.Stacks, "stack of a thread", minusOneIsNone: true);
        foreach (ref readonly CpuRow row in CpuRows)
            Within(row.Stack, 1, Header.Stacks, "stack of a CPU row");
        foreach (ref readonly SiteRow row in Sites)
        {
            Within(row.Stack, row.Stack < 0 ? 0 : 1, Header.Stacks, "stack of a site", minusOneIsNone: true);
            Within(row.Type, row.Type < 0 ? 0 : 1, Header.Types, "type of a site", minusOneIsNone: true);
        }
    }

    private static void Within(int start, int length, int bound, string what, bool minusOneIsNone = false)
    {
        if (minusOneIsNone && start == -1)
            return;
        if (start < 0 || length < 0 || start > bound - length)
            throw new InvalidDataException($"{what}: {start} + {length} is beyond {bound}");
    }

    private string Text(TextRow row) => new(Part<char>("Text").Slice(row.Start, row.Length));

    // The parts are not aligned to their rows; the processors that .NET runs on read them all the same.
    private ReadOnlySpan<T> Part<T>(string name)
        where T : unmanaged
    {
        (int start, int count) = _parts[name];
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref Unsafe.AsRef(in _bytes.AsSpan()[Math.Min(start, _bytes.Length - 1)])), count);
    }
}
