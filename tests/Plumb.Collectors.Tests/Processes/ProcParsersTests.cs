using Plumb.Collectors.Processes;

namespace Plumb.Collectors.Tests.Processes;

public sealed class ProcParsersTests
{
    [Fact]
    public void A_name_with_parentheses_and_spaces_does_not_shift_the_fields()
    {
        const string line = "42 (my (odd) app) S 1 42 42 0 -1 4194560 1 2 3 4 300 50 6 7 20 0 12 0 5000 8 9\n";
        Assert.True(ProcessStat.TryParse(line, out ProcessStat stat));
        Assert.Equal(new ProcessStat("my (odd) app", CpuTicks: 350, StartTicks: 5000, Threads: 12), stat);
    }

    [Theory]
    [InlineData("")]
    [InlineData("42 (shop")]
    [InlineData("42 )shop(")]
    [InlineData("42 (shop) S 1 2 3")]
    [InlineData("42 (shop) S 1 42 42 0 -1 4194560 1 2 3 4 x 50 6 7 20 0 12 0 5000 8 9")]
    public void A_stat_line_that_is_cut_off_is_refused(string line) => Assert.False(ProcessStat.TryParse(line, out _));

    [Theory]
    [InlineData("VmRSS:\t   2048 kB\n", 2048L << 10)]
    [InlineData("VmRSSx: 1 kB\nVmRSS: 3 kB", 3L << 10)]
    [InlineData("VmRSS: 99999999999999999 kB", null)]
    [InlineData("VmRSS: 2048\n", null)]
    [InlineData("VmRSS:", null)]
    [InlineData("", null)]
    public void A_size_is_read_in_kibibytes(string status, long? expected) => Assert.Equal(expected, ProcFields.SizeBytes(status, "VmRSS"));

    [Theory]
    [InlineData("Max open files            1024                 1048576              files", 1024L)]
    [InlineData("Max processes  1 2\nMax open files            unlimited            unlimited            files", null)]
    [InlineData("Max open files", null)]
    public void The_soft_limit_of_open_files_counts(string limits, long? expected) => Assert.Equal(expected, ProcFields.OpenFilesLimit(limits));

    [Theory]
    [InlineData("socket:[12]", "socket")]
    [InlineData("pipe:[12]", "pipe")]
    [InlineData("anon_inode:[eventpoll]", "eventpoll")]
    [InlineData("anon_inode:inotify", "inotify")]
    [InlineData("anon_inode:[a weird\u001bname]", "other")]
    [InlineData("anon_inode:", "other")]
    [InlineData("/var/log/shop.log", "file")]
    [InlineData("/var/log/shop.log (deleted)", "file")]
    [InlineData("/dev/null", "device")]
    [InlineData("/memfd:x (deleted)", "memfd")]
    [InlineData("", "other")]
    public void A_descriptor_is_named_after_what_it_points_to(string link, string kind) => Assert.Equal(kind, DescriptorKind.Of(link));

    [Theory]
    [InlineData("socket:[12]", true, 12)]
    [InlineData("socket:[]", false, 0)]
    [InlineData("socket:[-1]", false, 0)]
    [InlineData("pipe:[12]", false, 0)]
    public void Only_sockets_have_a_socket_inode(string link, bool expected, long inode)
    {
        Assert.Equal(expected, DescriptorKind.TryGetSocketInode(link, out long found));
        Assert.Equal(inode, found);
    }

    [Fact]
    public void A_v2_group_is_looked_up_to_its_root() => Assert.Equal(
        ["system.slice/shop.service/memory.max", "system.slice/memory.max", "memory.max"],
        CgroupMemory.LimitFiles("0::/system.slice/shop.service\n"));

    [Fact]
    public void A_v1_group_is_taken_from_the_memory_controller() => Assert.Equal(
        ["memory/docker/ab/memory.limit_in_bytes", "memory/docker/memory.limit_in_bytes", "memory/memory.limit_in_bytes"],
        CgroupMemory.LimitFiles("7:cpu,cpuacct:/docker/xy\n5:memory:/docker/ab\n"));

    [Theory]
    [InlineData("0::/../../other\n")]
    [InlineData("0::/\n")]
    public void A_group_outside_the_own_namespace_is_read_at_the_mount(string cgroup) =>
        Assert.Equal(["memory.max"], CgroupMemory.LimitFiles(cgroup));

    [Theory]
    [InlineData("no colons\n")]
    [InlineData("0:\n")]
    [InlineData("")]
    public void Lines_that_are_no_groups_name_no_files(string cgroup) => Assert.Empty(CgroupMemory.LimitFiles(cgroup));

    [Theory]
    [InlineData("536870912\n", 536870912L)]
    [InlineData("max\n", null)]
    [InlineData("9223372036854771712\n", null)]
    [InlineData("", null)]
    public void Both_ways_of_saying_unlimited_are_no_limit(string text, long? expected) => Assert.Equal(expected, CgroupMemory.ParseLimit(text));
}
