using System.Diagnostics;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Tests.Processes;

public sealed class TargetProcessTests
{
    [Fact]
    public void This_process_itself_is_no_other() => Assert.Same(TargetProcess.Own, TargetProcess.Find(Environment.ProcessId));

    [Fact]
    public void What_the_system_says_of_another_process_is_read()
    {
        var start = new ProcessStartInfo("sleep", "60");
        start.Environment["TMPDIR"] = "/var/tmp";
        using Process sleeping = Process.Start(start)!;
        try
        {
            var facts = ProcessFacts.Read(sleeping.Id);

            Assert.Equal(sleeping.Id, facts.OwnNumber);
            Assert.Equal("", facts.Root);
            Assert.Equal("/var/tmp", facts.TemporaryFolder);
            Assert.Equal(["sleep", "60"], facts.CommandLine);
            Assert.NotEqual("", facts.StartTicks);
            Assert.False(ProcessFacts.HasEnded(facts.Folder));
            Assert.Contains(facts.MappedFiles(), file => file.Contains("libc", StringComparison.Ordinal) || file.Contains("musl", StringComparison.Ordinal));
        }
        finally
        {
            sleeping.Kill();
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(4194305)]
    public void A_process_that_is_not_there_is_told_so(int id) =>
        Assert.Contains($"there is no process {id}", Assert.Throws<ProfileUnavailableException>(() => TargetProcess.Find(id)).Message, StringComparison.Ordinal);
}
