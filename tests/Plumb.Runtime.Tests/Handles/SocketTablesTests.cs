using Plumb.Runtime.Handles;

namespace Plumb.Runtime.Tests.Handles;

public sealed class SocketTablesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plumb-sockets-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Sockets_of_another_process_are_found_by_their_links_in_the_tables_of_its_network()
    {
        Write("tcp", "   0: 0100007F:17AC 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0000000000000000 100 0 0 10 0");
        Write("tcp6", "   0: 0000000000000000FFFF00000100007F:17AC 0000000000000000FFFF00000200000A:01BB 08 00000000:00000000 00:00000000 00000000  1000        0 4712 1 0");
        Write("udp", "  10: 00000000:14E9 00000000:0000 07 00000000:00000000 00:00000000 00000000   101        0 4713 2 0000000000000000 0");
        Write("unix", "0000000000000000: 00000002 00000000 00010000 0001 01 4714 /run/shop with a blank.sock");
        SocketTables tables = SocketTables.Read(_folder.FullName);

        Assert.Equal(new SocketFacts { Protocol = "tcp", Local = "127.0.0.1:6060", Remote = "", IsListening = true, State = "LISTEN" }, tables.Find(7, "socket:[4711]"));
        Assert.Equal(new SocketFacts { Protocol = "tcp", Local = "127.0.0.1:6060", Remote = "10.0.0.2:443", IsListening = false, State = "CLOSE_WAIT" }, tables.Find(8, "socket:[4712]"));
        Assert.Equal(new SocketFacts { Protocol = "udp", Local = "0.0.0.0:5353", Remote = "", IsListening = false, State = "" }, tables.Find(9, "socket:[4713]"));
        Assert.Equal(new SocketFacts { Protocol = "unix", Local = "/run/shop with a blank.sock", Remote = "", IsListening = true, State = "" }, tables.Find(10, "socket:[4714]"));
        Assert.Null(tables.Find(11, "socket:[4715]"));
        Assert.Null(tables.Find(12, "/dev/null"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0: 0100007F:17AC")]
    [InlineData("0: 0100007F:17ACX 00000000:0000 0A 0 0 0 0 0 4711")]
    [InlineData("0: ZZ00007F:17AC 00000000:0000 0A 0 0 0 0 0 4711")]
    [InlineData("0: 0100007F:1FFFF 00000000:0000 0A 0 0 0 0 0 4711")]
    [InlineData("0: 01:17AC 00000000:0000 0A 0 0 0 0 0 4711")]
    public void A_row_that_is_none_is_left_out(string row)
    {
        Write("tcp", row);

        Assert.Null(SocketTables.Read(_folder.FullName).Find(7, "socket:[4711]"));
    }

    private void Write(string table, string row)
    {
        _folder.CreateSubdirectory("net");
        File.WriteAllText(Path.Combine(_folder.FullName, "net", table), $"  a head of names\n{row}\n");
    }
}
