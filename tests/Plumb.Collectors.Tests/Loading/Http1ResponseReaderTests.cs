using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Plumb.Collectors.Loading.Connections;

namespace Plumb.Collectors.Tests.Loading;

public sealed class Http1ResponseReaderTests
{
    public static TheoryData<string, int, bool> Answers => new()
    {
        { "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, true },
        { "HTTP/1.1 200 OK\r\ncontent-length:0\r\n\r\n", 200, true },
        { "HTTP/1.1 204 No Content\r\n\r\n", 204, true },
        { "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n", 304, true },
        { "HTTP/1.1 200\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx", 200, false },
        { "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, false },
        { "HTTP/1.0 200 OK\r\nContent-Length: 1\r\nConnection: Keep-Alive\r\n\r\nx", 200, true },
        { "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno", 404, true },
        { "HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nwiki\r\nA;ext=\"x\"\r\n0123456789\r\n0\r\n\r\n", 500, true },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\nContent-Length: 3\r\n\r\n0\r\nExpires: never\r\nX: y\r\n\r\n", 200, true },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_ends_where_it_ends_however_its_bytes_are_cut(string answer, int status, bool keepsAlive)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(answer);
        Prop.ForAll(Gen.Choose(1, bytes.Length).ListOf().ToArbitrary(), cuts =>
        {
            var reader = new Http1ResponseReader();
            reader.Begin(toHead: false);
            int at = 0;
            foreach (int cut in cuts.Append(bytes.Length))
            {
                int take = Math.Min(cut, bytes.Length - at);
                Assert.True(take == 0 || !reader.IsComplete, "it was complete before its last byte");
                reader.Feed(bytes.AsSpan(at, take));
                at += take;
            }

            reader.Feed(bytes.AsSpan(at));
            Assert.True(reader.IsComplete);
            Assert.Equal((status, keepsAlive), (reader.Status, reader.KeepsAlive));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    [InlineData("HTTP/2 200\r\n\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 20 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, identity\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab")]
    public void What_is_not_HTTP_is_malformed(string answer)
    {
        var reader = new Http1ResponseReader();
        reader.Begin(toHead: false);
        reader.Feed(Encoding.ASCII.GetBytes(answer));
        Assert.True(reader.IsMalformed);
    }

    [Fact]
    public void The_answer_to_HEAD_has_no_body()
    {
        var reader = new Http1ResponseReader();
        reader.Begin(toHead: true);
        reader.Feed("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"u8);
        Assert.True(reader.IsComplete && reader.KeepsAlive);
    }

    [Fact]
    public void Without_a_length_an_answer_ends_with_its_connection()
    {
        var reader = new Http1ResponseReader();
        reader.Begin(toHead: false);
        reader.Feed("HTTP/1.1 200 OK\r\n\r\nsome"u8);
        Assert.False(reader.IsComplete);
        Assert.True(reader.End());
        Assert.False(reader.KeepsAlive);
    }

    [Fact]
    public void A_connection_that_closes_in_the_middle_is_no_proper_end()
    {
        var reader = new Http1ResponseReader();
        reader.Begin(toHead: false);
        reader.Feed("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"u8);
        Assert.False(reader.End());
    }

    [Fact]
    public void Bytes_behind_the_end_cost_the_connection()
    {
        var reader = new Http1ResponseReader();
        reader.Begin(toHead: false);
        reader.Feed("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 200 OK\r\n\r\n"u8);
        Assert.True(reader.IsComplete);
        Assert.False(reader.KeepsAlive);
    }

    [Fact]
    public void A_head_without_end_is_given_up_in_bounded_memory()
    {
        var reader = new Http1ResponseReader();
        reader.Begin(toHead: false);
        reader.Feed("HTTP/1.1 200 OK\r\n"u8);
        byte[] filler = Encoding.ASCII.GetBytes("X-Filler: " + new string('x', 1000) + "\r\n");
        for (int i = 0; i < 100 && !reader.IsMalformed; i++)
        {
            reader.Feed(filler);
        }

        Assert.True(reader.IsMalformed);
    }

    [Fact]
    public void Any_bytes_at_all_are_read_without_a_fault()
    {
        byte[] seed = Encoding.ASCII.GetBytes(string.Concat(Answers.Select(row => (string)row[0])));
        var random = new Random(3);
        for (int i = 0; i < 3000; i++)
        {
            byte[] bytes = seed[random.Next(seed.Length)..];
            for (int change = random.Next(20); change > 0 && bytes.Length > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var reader = new Http1ResponseReader();
            reader.Begin(toHead: false);
            reader.Feed(bytes);
            reader.End();
        }
    }
}
