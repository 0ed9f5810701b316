using System.Text;

namespace Plumb.Cli.Pprof.Shell.Editing;

/// <summary>
/// A history that the next session finds again: a file in the user's state folder that only the user can read, because patterns and paths tell what
/// somebody works on. Several shells may append to it at once. A file that cannot be read or written is no reason to complain.
/// </summary>
internal sealed class HistoryFile : LineHistory
{
    private const long MaxBytes = 1 << 20;
    private const UnixFileMode OnlyMine = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path;
    private readonly bool _isLoading = true;

    private HistoryFile(string path)
    {
        _path = path;
        int lines = Load();
        _isLoading = false;
        if (lines > 2 * MaxLines)
            Shorten();
    }

    /// <param name="environment">Says where the user's state belongs (XDG base directory specification).</param>
    /// <returns>A history without a file when there is no place for one.</returns>
    public static LineHistory Open(Func<string, string?> environment)
    {
        string state = environment("XDG_STATE_HOME") is { Length: > 0 } chosen && Path.IsPathRooted(chosen) ? chosen
            : environment("HOME") is { Length: > 0 } home ? Path.Combine(home, ".local", "state")
            : "";
        return state.Length == 0 ? new LineHistory() : new HistoryFile(Path.Combine(state, "plumb", "pprof_history"));
    }

    public override bool Add(string line)
    {
        if (!base.Add(line))
            return false;

        if (!_isLoading)
            Try(() => Append(line));

        return true;
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The session's own memory still works.
        }
    }

    private int Load()
    {
        int count = 0;
        Try(() =>
        {
            if (!File.Exists(_path) || new FileInfo(_path).Length > MaxBytes)
                return;

            foreach (string line in File.ReadLines(_path))
            {
                Add(line);
                count++;
            }
        });
        return count;
    }

    private void Append(string line)
    {
        CreateFolder();
        using FileStream file = Create(_path, FileMode.Append);
        file.Write(Encoding.UTF8.GetBytes(line + '\n'));
    }

    // Written beside and moved into place, so that another shell sees the old file or the new one.
    private void Shorten() => Try(() =>
    {
        string beside = $"{_path}.{Guid.NewGuid():n}";
        using (FileStream file = Create(beside, FileMode.CreateNew))
        {
            for (int i = 0; i < Count; i++)
                file.Write(Encoding.UTF8.GetBytes(this[i] + '\n'));
        }

        File.Move(beside, _path, overwrite: true);
    });

    private void CreateFolder()
    {
        string folder = Path.GetDirectoryName(_path)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OnlyMine | UnixFileMode.UserExecute);
    }

    private static FileStream Create(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OnlyMine;

        return new FileStream(path, options);
    }
}
