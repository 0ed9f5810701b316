using Plumb.Agent.Contract;
using Plumb.Agent.Cpu;
using Plumb.Agent.Freezing;
using Plumb.Agent.Heap;
using Plumb.Agent.Interop;
using Plumb.Agent.Linking;
using Plumb.Agent.Stacks;

namespace Plumb.Agent;

/// <summary>From attach to detach: the one agent of this process, and its thread.</summary>
internal static unsafe class AgentLife
{
    private const int StarterStackBytes = 1024 * 1024;
    private const uint StackSnapshots = 0x1000_0000;
    private const uint HighBasicCollections = 0x10;
    private const uint HighEvents = 0x80;
    private const ulong SampledKeyword = 0x800_0000_0000;
    private const ulong TickKeyword = 0x1;
    private const uint Informational = 4;
    private const uint Verbose = 5;
    private const int FirstRuntimeWithSampling = 10;

    /// <summary>When the runtime looks first whether it can let go; it waits as long at the least.</summary>
    private const uint DetachMilliseconds = 300;

    private const int NotAsked = 0;
    private const int Asked = 1;
    private const int Underway = 2;
    private const int ReadTimeoutMilliseconds = 5000;
    private const int ThreadStackBytes = 256 * 1024;
    private const long NanosPerSecond = 1_000_000_000;
    private const int MaxHertz = 1000;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    /// <summary>Between two looks when the last one found nothing new.</summary>
    private static readonly TimeSpan IdleBeat = TimeSpan.FromMilliseconds(500);

    /// <summary>A look at every living sample may take this part of the time between two looks.</summary>
    private const double ReapShare = 0.002;

    private static readonly AutoResetEvent s_wake = new(initialState: false);
    private static readonly AutoResetEvent s_done = new(initialState: false);
    private static readonly AutoResetEvent s_frozen = new(initialState: false);
    private static readonly Lock s_readers = new();
    private static readonly Lock s_cpuGate = new();

    private static ProfilerInfo s_info;
    private static volatile HeapSamples? s_samples;
    private static volatile int s_state;
    private static volatile bool s_stopping;
    private static volatile bool s_readWaits;
    private static volatile CpuProfiler? s_cpu;
    private static int s_freezing;
    private static FreezeFault s_freezeFault;
    private static int s_frozenProcess;
    private static int s_frozenSocket;
    private static long s_collections;
    private static ushort s_runtimeMajor;
    private static int s_users;
    private static ulong s_session;

    public static AgentState State => (AgentState)s_state;

    public static ushort RuntimeMajor => s_runtimeMajor;

    /// <summary>The runtime starts with the agent, by its environment: sampling ends with the process.</summary>
    public static int BeginWithProcess(nint unknown)
    {
        lock (s_readers)
        {
            int result = Start(unknown);
            if (result >= 0)
                s_users++;
            return result;
        }
    }

    /// <summary>The runtime is made to take the agent while it runs, by itself or over a connection.</summary>
    public static int Begin(nint unknown, Link? link)
    {
        lock (s_readers)
        {
            if (State is AgentState.Stopping)
                return HResult.Fail;
            bool wasSampling = s_samples is not null;
            if (wasSampling && link is null)
                return HResult.Fail;
            // A connection that cannot be made leaves nothing behind.
            if (link is not null && !link.Connect())
                return HResult.Fail;
            int result = wasSampling ? HResult.AlreadyHere : Start(unknown);
            if (wasSampling || result >= 0)
            {
                s_users++;
                link?.Serve(wasSampling);
            }
            else
            {
                link?.Close();
            }

            return result;
        }
    }

    /// <summary>Takes part in what is under way already; whoever began it or takes part leaves at the end.</summary>
    public static bool Join()
    {
        lock (s_readers)
        {
            if (s_samples is null || s_stopping)
                return false;
            s_users++;
            return true;
        }
    }

    /// <summary>The last one turns off the light.</summary>
    public static bool Leave()
    {
        lock (s_readers)
        {
            if (s_samples is null || s_users == 0)
                return false;
            if (--s_users == 0)
            {
                s_stopping = true;
                s_state = (int)AgentState.Stopping;
                _ = s_wake.Set();
            }

            return true;
        }
    }

    /// <summary>Until samples come in, or never will. Some milliseconds, on the agent's own threads only.</summary>
    public static void WaitForStart()
    {
        while (State == AgentState.Attached)
            Thread.Sleep(1);
    }

    public static int Collect() => s_info.ForceCollection();

    public static nint TaskClass() => CoreLibrary.FindClass(s_info, "System.Threading.Tasks.Task");

    /// <summary>The runtime hands over its interface. Everything that this class will ever allocate is allocated here.</summary>
    private static int Start(nint unknown)
    {
        Guid id = ProfilerInfo.InterfaceId;
        nint pointer = 0;
        var query = (delegate* unmanaged<nint, Guid*, nint*, int>)(**(nint**)unknown);
        if (s_samples is not null || query(unknown, &id, &pointer) < 0 || pointer == 0)
            return HResult.Fail;

        s_info = new ProfilerInfo(pointer);
        if (s_info.SetEventMask(StackSnapshots, HighEvents | HighBasicCollections) < 0)
        {
            s_state = (int)AgentState.Refused;
            return HResult.Fail;
        }

        ushort major = 0;
        _ = s_info.GetRuntimeMajor(&major);
        s_runtimeMajor = major;
        FrameChain.Prepare();
        s_stopping = false;
        s_users = 0;
        s_samples = new HeapSamples(s_info);
        s_state = (int)AgentState.Attached;
        new Thread(Run, ThreadStackBytes) { IsBackground = true }.Start();
        return HResult.Ok;
    }

    public static void Event(uint id, byte* data, uint length)
    {
        if (s_samples is { } samples && AllocationEvent.TryRead(id, data, length, out AllocationEvent allocation))
            samples.Add(allocation);
    }

    public static void Collected() => Interlocked.Increment(ref s_collections);

    public static void Detached() => s_state = (int)AgentState.Stopped;

    /// <returns>The bytes written or needed; 0 when there are no samples to be had.</returns>
    public static nint WriteHeap(byte* buffer, nint capacity)
    {
        lock (s_readers)
        {
            if (s_samples is not { } samples || State != AgentState.Sampling)
                return 0;

            AwaitLook();
            return samples.Write(buffer, capacity, s_runtimeMajor, Interlocked.Read(ref s_collections));
        }
    }

    // What died since the last look is found and the newest frames are named first.
    private static void AwaitLook()
    {
        s_readWaits = true;
        _ = s_wake.Set();
        _ = s_done.WaitOne(ReadTimeoutMilliseconds);
    }

    /// <param name="order">Begins a CPU profile with so many samples a second, or is a <see cref="CpuOrder"/>.</param>
    public static CpuFault Cpu(int order)
    {
        lock (s_cpuGate)
        {
            if (order > CpuOrder.End)
                return BeginCpu(order);
            s_cpu?.Stop();
            if (order <= CpuOrder.GiveUp)
                FreeCpu();
            return CpuFault.None;
        }
    }

    private static CpuFault BeginCpu(int hertz)
    {
        if (s_samples is null || State != AgentState.Sampling)
            return CpuFault.NotSampling;
        if (s_cpu is not null)
            return CpuFault.Busy;
        var cpu = new CpuProfiler(s_info, (ulong)(NanosPerSecond / Math.Min(hertz, MaxHertz)));
        if (!cpu.Begin())
        {
            cpu.Free();
            return CpuFault.NoTimers;
        }

        s_cpu = cpu;
        _ = s_wake.Set();
        return CpuFault.None;
    }

    private static void FreeCpu()
    {
        s_cpu?.Free();
        s_cpu = null;
    }

    /// <returns>The bytes written or needed; 0 when there is no CPU profile.</returns>
    public static nint WriteCpu(byte* buffer, nint capacity)
    {
        lock (s_readers)
        {
            AwaitLook();
            lock (s_cpuGate)
                return s_cpu is { } cpu ? cpu.Write(buffer, capacity, s_runtimeMajor) : 0;
        }
    }

    /// <summary>The runtime can be made to stand still only by a thread that is none of the application's.</summary>
    public static FreezeFault Freeze(out int process, out int socket)
    {
        lock (s_readers)
        {
            process = socket = -1;
            if (s_samples is null || State != AgentState.Sampling)
                return FreezeFault.NotSampling;

            s_freezing = Asked;
            _ = s_wake.Set();
            // Once the agent's thread has begun it is waited for: the copy would have no owner otherwise.
            while (!s_frozen.WaitOne(Beat))
            {
                if (s_stopping && Interlocked.CompareExchange(ref s_freezing, NotAsked, Asked) == Asked)
                    return FreezeFault.NotSampling;
            }

            (process, socket) = (s_frozenProcess, s_frozenSocket);
            return s_freezeFault;
        }
    }

    private static void Run()
    {
        LibC.NameThread("plumb agent\0"u8);
        HeapSamples samples = s_samples!;
        s_state = (int)(s_stopping ? AgentState.Stopping : StartEventsElsewhere() ? AgentState.Sampling : AgentState.Refused);
        long seen = 0;
        long nextReap = 0;
        bool isIdle = false;
        while (!s_stopping && State == AgentState.Sampling)
        {
            _ = s_wake.WaitOne(isIdle ? IdleBeat : Beat);
            bool asked = s_readWaits;
            FreezeIfAsked(samples);
            isIdle = !NameFrames(samples);
            long collections = Interlocked.Read(ref s_collections);
            if (asked || (collections != seen && Environment.TickCount64 >= nextReap))
            {
                seen = collections;
                isIdle = false;
                nextReap = Reap(samples);
            }

            if (asked)
            {
                s_readWaits = false;
                _ = s_done.Set();
            }
        }

        End(samples);
    }

    /// <returns>Whether there was anything to do.</returns>
    private static bool NameFrames(HeapSamples samples)
    {
        if (!samples.HasNewFrames && s_cpu is null)
            return false;
        samples.NameFrames();
        lock (s_cpuGate)
            s_cpu?.Work();
        return true;
    }

    private static void FreezeIfAsked(HeapSamples samples)
    {
        if (Interlocked.CompareExchange(ref s_freezing, Underway, Asked) != Asked)
            return;
        s_freezeFault = Freezer.Freeze(s_info, samples, s_runtimeMajor, out s_frozenProcess, out s_frozenSocket);
        s_freezing = NotAsked;
        _ = s_frozen.Set();
    }

    /// <returns>When the next look is due, in milliseconds of the tick count.</returns>
    private static long Reap(HeapSamples samples)
    {
        long start = Environment.TickCount64;
        samples.Reap();
        long end = Environment.TickCount64;
        return samples.IsAlmostFull ? end : end + (long)((end - start) / ReapShare);
    }

    /// <summary>
    /// The runtime tells the application's event sources of the session on the thread that starts it. That thread has run managed code
    /// then and counts as the application's, of which the runtime answers no questions about code: this one must not be it.
    /// </summary>
    private static bool StartEventsElsewhere()
    {
        bool started = false;
        var starter = new Thread(() => started = StartEvents(), StarterStackBytes) { IsBackground = true };
        starter.Start();
        starter.Join();
        return started;
    }

    private static bool StartEvents()
    {
        bool sampled = s_runtimeMajor >= FirstRuntimeWithSampling;
        fixed (char* name = "Microsoft-Windows-DotNETRuntime")
        {
            var provider = new EventProvider
            {
                Name = name,
                Keywords = sampled ? SampledKeyword : TickKeyword,
                Level = sampled ? Informational : Verbose,
            };
            ulong session = 0;
            bool started = s_info.StartEvents(&provider, &session) >= 0;
            s_session = session;
            return started;
        }
    }

    private static void End(HeapSamples samples)
    {
        if (s_session != 0)
            _ = s_info.StopEvents(s_session);
        s_session = 0;
        lock (s_cpuGate)
            FreeCpu();
        // No event comes after the stop; whoever reads has the lock, and is waited for.
        lock (s_readers)
        {
            s_samples = null;
            samples.Free();
        }

        _ = s_info.RequestDetach(DetachMilliseconds);
    }
}
