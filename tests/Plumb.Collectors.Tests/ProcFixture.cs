using System.Globalization;
using Plumb.Collectors.Processes;

namespace Plumb.Collectors.Tests;

/// <summary>A folder that looks like <c>/proc</c> and <c>/sys/fs/cgroup</c>, written from texts that a person can read.</summary>
internal sealed class ProcFixture : IDisposable
{
    private const string TcpHeading = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    private readonly string _root = Directory.CreateTempSubdirectory("plumb-proc-").FullName;

    public ProcFixture()
    {
        Directory.CreateDirectory(Path.Combine(_root, "proc", "net"));
        Directory.CreateDirectory(Path.Combine(_root, "cgroup"));
        File.WriteAllText(Path.Combine(_root, "proc", "stat"), "cpu  1 2 3\nbtime 1732180000\nprocesses 7\n");
    }

    public ProcFolder Folder => new(Path.Combine(_root, "proc"), Path.Combine(_root, "cgroup"));

    public ProcFixture Tcp(params string[] rows)
    {
        File.WriteAllText(Path.Combine(_root, "proc", "net", "tcp"), TcpHeading + string.Join('\n', rows) + "\n");
        return this;
    }

    public ProcFixture Tcp6(params string[] rows)
    {
        File.WriteAllText(Path.Combine(_root, "proc", "net", "tcp6"), TcpHeading + string.Join('\n', rows) + "\n");
        return this;
    }

    /// <summary>A row of a TCP table: <c>Row("0100007F:17AC", state: 10, inode: 900)</c>.</summary>
    public static string Row(string local, int state, long inode) =>
        string.Create(CultureInfo.InvariantCulture, $"   0: {local} 00000000:0000 {state:X2} 00000000:00000000 00:00000000 00000000  1000        0 {inode} 1 0000000000000000 100 0 0 10 0");

    public ProcFixture Process(int pid, string name = "shop", long startTicks = 5000, long cpuTicks = 350, int threads = 9, params string[] descriptors)
    {
        Write(pid, "stat", string.Create(CultureInfo.InvariantCulture,
            $"{pid} ({name}) S 1 {pid} {pid} 0 -1 4194560 100 0 0 0 {cpuTicks - 50} 50 0 0 20 0 {threads} 0 {startTicks} 1000000 500 18446744073709551615\n"));
        Write(pid, "status", $"Name:\t{name}\nVmPeak:\t  999 kB\nVmRSS:\t  20480 kB\nThreads:\t{threads}\n");
        Write(pid, "limits", "Limit                     Soft Limit           Hard Limit           Units     \nMax open files            1024                 1048576              files     \n");
        Write(pid, "cgroup", "0::/system.slice/shop.service\n");
        Directory.CreateDirectory(Path.Combine(PathOf(pid), "net"));
        foreach (string table in new[] { "tcp", "tcp6" })
        {
            string own = Path.Combine(_root, "proc", "net", table);
            if (File.Exists(own))
            {
                File.Copy(own, Path.Combine(PathOf(pid), "net", table), overwrite: true);
            }
        }

        string folder = Directory.CreateDirectory(Path.Combine(PathOf(pid), "fd")).FullName;
        for (int i = 0; i < descriptors.Length; i++)
        {
            File.CreateSymbolicLink(Path.Combine(folder, i.ToString(CultureInfo.InvariantCulture)), descriptors[i]);
        }

        return this;
    }

    public ProcFixture Write(int pid, string file, string text)
    {
        Directory.CreateDirectory(PathOf(pid));
        File.WriteAllText(Path.Combine(PathOf(pid), file), text);
        return this;
    }

    public ProcFixture Cgroup(string file, string text)
    {
        string path = Path.Combine(_root, "cgroup", file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public ProcFixture End(int pid)
    {
        Directory.Delete(PathOf(pid), recursive: true);
        return this;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string PathOf(int pid) => Path.Combine(_root, "proc", pid.ToString(CultureInfo.InvariantCulture));
}
