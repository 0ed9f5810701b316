using System.Net;
using Plumb.Collectors.Processes;

namespace Plumb.Collectors.Tests.Processes;

public sealed class TcpTableTests
{
    [Theory]
    [InlineData("0100007F:17AC", "127.0.0.1", 6060)]
    [InlineData("00000000:1F90", "0.0.0.0", 8080)]
    [InlineData("00000000000000000000000000000000:0050", "::", 80)]
    [InlineData("00000000000000000000000001000000:17AC", "::1", 6060)]
    [InlineData("0000000000000000FFFF00000100007F:17AC", "127.0.0.1", 6060)]
    [InlineData("B80D01200000000000000000EFBE0000:FFFF", "2001:db8::beef", 65535)]
    public void An_address_is_read_word_by_word(string text, string address, int port)
    {
        // The last one in network order is 20 01 0d b8 … 00 00 be ef: each word is byte-swapped in the file.
        Assert.True(TcpTable.TryParseRow(ProcFixture.Row(text, state: 10, inode: 77), out TcpSocket socket));
        Assert.Equal((IPAddress.Parse(address), port), (socket.LocalAddress, socket.LocalPort));
        Assert.Equal((TcpState.Listen, 77L), (socket.State, socket.Inode));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode")]
    [InlineData("0: 0100007F:17AC 00000000:0000 0A")]
    [InlineData("0: 0100007F 00000000:0000 0A 0:0 0:0 0 1000 0 77 1")]
    [InlineData("0: 01007F:17AC 00000000:0000 0A 0:0 0:0 0 1000 0 77 1")]
    [InlineData("0: 0100007F:17ACE 00000000:0000 0A 0:0 0:0 0 1000 0 77 1")]
    [InlineData("0: 0100007G:17AC 00000000:0000 0A 0:0 0:0 0 1000 0 77 1")]
    [InlineData("0: 0100007F:17AC 00000000:0000 0A 0:0 0:0 0 1000 0 -7 1")]
    public void What_is_no_row_is_refused(string line) => Assert.False(TcpTable.TryParseRow(line, out _));
}
