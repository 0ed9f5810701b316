using System.Globalization;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Tests.Processes;

public sealed class SystemFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(0)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(50_000)]
    public void A_text_is_read_whole_up_to_the_bound_and_not_a_byte_further(int length)
    {
        string text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26))));
        File.WriteAllText(_file, text);

        Assert.Equal(text, SystemFile.Text(_file));
        Assert.Equal(text[..Math.Min(length, 5000)], SystemFile.Text(_file, maxBytes: 5000));
    }

    [Fact]
    public void What_the_system_makes_up_while_it_is_read_is_read_whole()
    {
        string status = SystemFile.Text("/proc/self/status")!;

        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Pid:\t{Environment.ProcessId}\n"), status, StringComparison.Ordinal);
        Assert.EndsWith("\n", status, StringComparison.Ordinal);
        // Larger than a piece, and than what the system gives at once.
        Assert.Contains("[stack]", SystemFile.Text("/proc/self/maps")!, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_read_up_to_the_bound()
    {
        File.WriteAllLines(_file, ["one", "two", "three"]);

        Assert.Equal(["one", "two", "three"], SystemFile.Lines(_file));
        Assert.Equal(["one", "two"], SystemFile.Lines(_file, maxLines: 2));
    }

    [Theory]
    [InlineData("/proc/4194305/status")]
    [InlineData("/proc/self")]
    // Refused when it is read, not when it is opened.
    [InlineData("/proc/self/mem")]
    public void Where_nothing_is_to_be_read_there_is_none(string path)
    {
        Assert.Null(SystemFile.Text(path));
        Assert.Empty(SystemFile.Lines(path));
    }
}
