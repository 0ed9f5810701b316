using System.Net;
using Plumb.Collectors.Processes;

namespace Plumb.Collectors.Tests.Processes;

public sealed class ProcessProbeTests
{
    private static readonly IPAddress[] s_loopback = [IPAddress.Loopback];

    [Fact]
    public void Every_figure_of_a_process_is_read()
    {
        using ProcFixture proc = new ProcFixture()
            .Tcp(
                ProcFixture.Row("0100007F:17AC", state: 10, inode: 900),
                ProcFixture.Row("0100007F:17AC", state: 1, inode: 901),
                ProcFixture.Row("0100007F:9999", state: 8, inode: 902),
                ProcFixture.Row("0100007F:17AC", state: 6, inode: 0),
                ProcFixture.Row("0100007F:17AC", state: 1, inode: 555))
            .Process(42, descriptors: ["socket:[900]", "socket:[901]", "socket:[902]", "/var/log/shop.log", "anon_inode:[eventpoll]", "pipe:[3]", "/dev/null"])
            .Cgroup("memory.max", "max\n")
            .Cgroup("system.slice/memory.max", "1073741824\n")
            .Cgroup("system.slice/shop.service/memory.max", "536870912\n");
        ProcessMetrics? metrics = ProcessProbe.For(proc.Folder, 42)?.Read();
        Assert.NotNull(metrics);
        Assert.Equal("shop", metrics.Name);
        Assert.Equal(20L << 20, metrics.RssBytes);
        Assert.Equal(TimeSpan.FromSeconds(3.5), metrics.CpuTime);
        Assert.Equal(9, metrics.Threads);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1732180050), metrics.StartedAt);
        Assert.Equal(536870912, metrics.MemoryLimitBytes);
        Assert.Equal(1024, metrics.DescriptorLimit);
        Assert.Equal(
            new Dictionary<string, int> { ["socket"] = 3, ["file"] = 1, ["eventpoll"] = 1, ["pipe"] = 1, ["device"] = 1 },
            metrics.Descriptors);
        Assert.Equal(
            new Dictionary<TcpState, int> { [TcpState.Listen] = 1, [TcpState.Established] = 1, [TcpState.CloseWait] = 1 },
            metrics.TcpSockets);
    }

    [Fact]
    public void A_process_that_has_ended_has_no_metrics()
    {
        using ProcFixture proc = new ProcFixture().Process(42);
        ProcessProbe probe = ProcessProbe.For(proc.Folder, 42)!;
        proc.End(42);
        Assert.Null(probe.Read());
        Assert.Null(ProcessProbe.For(proc.Folder, 42));
    }

    [Fact]
    public void A_pid_that_passed_to_another_process_is_not_read()
    {
        using ProcFixture proc = new ProcFixture().Process(42, startTicks: 5000);
        ProcessProbe probe = ProcessProbe.For(proc.Folder, 42)!;
        proc.Process(42, startTicks: 9000);
        Assert.Null(probe.Read());
    }

    [Fact]
    public void What_cannot_be_read_is_left_out_and_the_rest_told()
    {
        using ProcFixture proc = new ProcFixture().Write(42, "stat", "42 (x) S 1 42 42 0 -1 0 1 2 3 4 300 50 6 7 20 0 12 0 5000 8 9\n");
        ProcessMetrics? metrics = ProcessProbe.For(proc.Folder, 42)?.Read();
        Assert.NotNull(metrics);
        Assert.Equal(12, metrics.Threads);
        Assert.Null(metrics.RssBytes);
        Assert.Null(metrics.MemoryLimitBytes);
        Assert.Empty(metrics.Descriptors);
    }

    [Fact]
    public void The_listener_on_the_address_itself_wins_over_one_on_every_address()
    {
        using ProcFixture proc = new ProcFixture()
            .Tcp(ProcFixture.Row("00000000:17AC", state: 10, inode: 800), ProcFixture.Row("0100007F:17AC", state: 10, inode: 900))
            .Process(41, descriptors: ["socket:[800]"])
            .Process(42, descriptors: ["socket:[900]"]);
        Assert.Equal(42, ListenerSearch.Find(proc.Folder, s_loopback, 6060).Pid);
    }

    [Fact]
    public void A_listener_on_every_ipv6_address_serves_ipv4_too()
    {
        using ProcFixture proc = new ProcFixture()
            .Tcp()
            .Tcp6(ProcFixture.Row("00000000000000000000000000000000:17AC", state: 10, inode: 900))
            .Process(42, descriptors: ["/dev/null", "socket:[900]"]);
        Assert.Equal(42, ListenerSearch.Find(proc.Folder, s_loopback, 6060).Pid);
    }

    [Fact]
    public void Of_several_holders_of_a_socket_the_youngest_serves()
    {
        using ProcFixture proc = new ProcFixture()
            .Tcp(ProcFixture.Row("0100007F:17AC", state: 10, inode: 900))
            .Process(1, name: "systemd", startTicks: 1, descriptors: ["socket:[900]"])
            .Process(42, startTicks: 7000, descriptors: ["socket:[900]"]);
        Assert.Equal(42, ListenerSearch.Find(proc.Folder, s_loopback, 6060).Pid);
    }

    [Theory]
    [InlineData(1, "listens")]
    [InlineData(10, "holds")]
    public void Why_no_process_is_found_is_told(int state, string word)
    {
        using ProcFixture proc = new ProcFixture().Tcp(ProcFixture.Row("0100007F:17AC", state, inode: 900)).Process(42);
        ListenerSearch search = ListenerSearch.Find(proc.Folder, s_loopback, 6060);
        Assert.Null(search.Pid);
        Assert.Contains(word, search.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_without_proc_has_no_listeners()
    {
        var folder = new ProcFolder("/nowhere/proc", "/nowhere/cgroup");
        Assert.Null(ListenerSearch.Find(folder, s_loopback, 6060).Pid);
        Assert.Null(ProcessProbe.For(folder, 1));
    }

    [SkippableOnOtherSystemsFact]
    public async Task This_very_process_is_found_by_its_socket()
    {
        await using LoopbackServer server = LoopbackServer.Of(_ => [1]);
        IReadOnlyCollection<IPAddress> addresses = await LocalAddresses.OfAsync("127.0.0.1", CancellationToken.None);
        ListenerSearch search = ListenerSearch.Find(new ProcFolder(), addresses, server.Port);
        Assert.Equal(Environment.ProcessId, search.Pid);
        ProcessMetrics metrics = ProcessProbe.For(new ProcFolder(), Environment.ProcessId)!.Read()!;
        Assert.InRange(metrics.RssBytes!.Value, 10L << 20, 10L << 30);
        Assert.InRange(metrics.Threads!.Value, 2, 1000);
        Assert.True(metrics.TcpSockets[TcpState.Listen] >= 1);
        Assert.InRange(metrics.StartedAt!.Value, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddSeconds(2));
    }

    private sealed class SkippableOnOtherSystemsFactAttribute : FactAttribute
    {
        public SkippableOnOtherSystemsFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "needs /proc";
    }
}
