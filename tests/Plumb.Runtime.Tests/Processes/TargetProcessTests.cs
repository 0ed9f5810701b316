using System.Diagnostics;
using System.Globalization;
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

    [Fact]
    public async Task A_process_whose_end_nobody_took_note_of_has_ended()
    {
        // What the shell started belongs to the second sleep, which never asks after it.
        using Process forgetful = Process.Start(new ProcessStartInfo("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"]) { RedirectStandardOutput = true })!;
        try
        {
            using var forgotten = Process.GetProcessById(int.Parse((await forgetful.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture));
            string folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{forgotten.Id}");
            Assert.False(ProcessFacts.HasEnded(folder));

            forgotten.Kill();
            for (int i = 0; i < 200 && !ProcessFacts.HasEnded(folder); i++)
                await Task.Delay(50);

            Assert.True(ProcessFacts.HasEnded(folder));
            Assert.True(Directory.Exists(folder));
        }
        finally
        {
            forgetful.Kill();
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(4194305)]
    public void A_process_that_is_not_there_is_told_so(int id) =>
        Assert.Contains($"there is no process {id}", Assert.Throws<ProfileUnavailableException>(() => TargetProcess.Find(id)).Message, StringComparison.Ordinal);
}
