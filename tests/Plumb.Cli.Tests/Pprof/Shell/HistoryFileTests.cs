using Plumb.Cli.Pprof.Shell.Editing;

namespace Plumb.Cli.Tests.Pprof.Shell;

public sealed class HistoryFileTests : IDisposable
{
    private const UnixFileMode OnlyMine = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _state = Directory.CreateTempSubdirectory("plumb-history").FullName;

    private string FilePath => Path.Combine(_state, "plumb", "pprof_history");

    public void Dispose() => Directory.Delete(_state, recursive: true);

    [Fact]
    public void The_next_session_finds_what_was_typed()
    {
        LineHistory first = Open();
        first.Add("top");
        first.Add("list main");

        LineHistory second = Open();

        Assert.Equal(["top", "list main"], Lines(second));
    }

    [Fact]
    public void Only_the_user_can_read_it()
    {
        Open().Add("list secret");

        Assert.Equal(OnlyMine, Mode(FilePath));
        Assert.Equal(OnlyMine | UnixFileMode.UserExecute, Mode(Path.GetDirectoryName(FilePath)!));
    }

    [Fact]
    public void It_is_below_home_when_nothing_else_is_said()
    {
        HistoryFile.Open(name => name == "HOME" ? _state : null).Add("top");

        Assert.True(File.Exists(Path.Combine(_state, ".local", "state", "plumb", "pprof_history")));
    }

    [Fact]
    public void The_file_does_not_grow_for_ever()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllLines(FilePath, Enumerable.Range(0, 3 * LineHistory.MaxLines).Select(i => $"line {i}"));

        LineHistory history = Open();

        Assert.Equal(LineHistory.MaxLines, history.Count);
        Assert.Equal($"line {(3 * LineHistory.MaxLines) - 1}", history[^1]);
        Assert.Equal(LineHistory.MaxLines, File.ReadAllLines(FilePath).Length);
        Assert.Equal(OnlyMine, Mode(FilePath));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" top")]
    [InlineData("top\e[2J")]
    public void What_is_not_worth_it_or_not_meant_for_it_is_not_kept(string line)
    {
        LineHistory history = Open();

        Assert.False(history.Add(line));
        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public void A_repetition_is_kept_once()
    {
        LineHistory history = Open();
        history.Add("top");
        history.Add("top");

        Assert.Equal(["top"], File.ReadAllLines(FilePath));
    }

    [Fact]
    public void Sequences_in_the_file_do_not_reach_the_terminal()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllLines(FilePath, ["top", "x\e]0;title\a", new string('y', LineHistory.MaxLength + 1)]);

        Assert.Equal(["top"], Lines(Open()));
    }

    [Fact]
    public void Without_a_place_for_it_the_session_remembers()
    {
        LineHistory history = HistoryFile.Open(_ => null);
        history.Add("top");

        Assert.Equal(["top"], Lines(history));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_no_error()
    {
        File.WriteAllText(Path.Combine(_state, "plumb"), "a file where the folder should be");
        LineHistory history = Open();

        Assert.True(history.Add("top"));
    }

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    private LineHistory Open() => HistoryFile.Open(name => name == "XDG_STATE_HOME" ? _state : null);

    private static IEnumerable<string> Lines(LineHistory history) => Enumerable.Range(0, history.Count).Select(i => history[i]);
}
