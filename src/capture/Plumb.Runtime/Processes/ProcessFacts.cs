using System.Globalization;

namespace Plumb.Runtime.Processes;

/// <summary>What the system says of another process.</summary>
internal sealed class ProcessFacts
{
    private const int MaxMapBytes = 64 << 20;

    private ProcessFacts(int id) => Id = id;

    public int Id { get; }

    public string Folder => string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}");

    /// <summary>What it calls itself: in a container another number than here.</summary>
    public int OwnNumber { get; private init; }

    /// <summary>In ticks since the system started; tells processes apart that had the same number.</summary>
    public string StartTicks { get; private init; } = "";

    public (uint User, uint Group) Owner { get; private init; }

    /// <summary>Empty when it sees the same files as this process.</summary>
    public string Root { get; private init; } = "";

    public string TemporaryFolder { get; private init; } = "";

    public string Program { get; private init; } = "";

    public string[] CommandLine { get; private init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; private init; } = new Dictionary<string, string>();

    /// <exception cref="ProfileUnavailableException">There is no such process, or it is none of this user's.</exception>
    public static ProcessFacts Read(int id)
    {
        string folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}");
        if (id <= 0 || SystemFile.Text($"{folder}/status") is not { } status)
            throw new ProfileUnavailableException(Directory.Exists("/proc/self") ? $"there is no process {id}" : "processes can be read from outside on Linux only");
        (uint User, uint Group) owner = ((uint)Number(status, "Uid:", 1), (uint)Number(status, "Gid:", 1));
        if (HasEnded(folder))
            throw new ProfileUnavailableException($"process {id} has ended");
        uint own = LibC.EffectiveUser();
        if (own != 0 && own != owner.User)
            throw new ProfileUnavailableException($"process {id} belongs to another user (number {owner.User}): run plumb as that user or as root");
        if (SystemFile.Text($"{folder}/environ") is not { } environment)
            throw new ProfileUnavailableException($"process {id} may not be looked at: run plumb as root, or in the same container");

        string[] arguments = (SystemFile.Text($"{folder}/cmdline") ?? "").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var variables = Variables(environment);
        return new ProcessFacts(id)
        {
            OwnNumber = InnermostNumber(folder) ?? id,
            StartTicks = StartOf(SystemFile.Text($"{folder}/stat") ?? ""),
            Owner = owner,
            Root = SeesOtherFiles(folder) ? $"{folder}/root" : "",
            Environment = variables,
            TemporaryFolder = variables.GetValueOrDefault("TMPDIR") is { Length: > 0 } temporary ? temporary : "/tmp",
            CommandLine = arguments,
            Program = ProgramOf(arguments, $"{folder}/cwd", $"{folder}/root"),
        };
    }

    /// <summary>The number of a process or thread in the innermost container that it is in; null when it has ended.</summary>
    public static int? InnermostNumber(string folder) => SystemFile.Text($"{folder}/status") is { } status ? Number(status, "NSpid:", int.MaxValue) : null;

    public static bool HasEnded(string folder) => SystemFile.Text($"{folder}/status") is not { } status || status.Contains("State:\tZ", StringComparison.Ordinal) || status.Contains("State:\tX", StringComparison.Ordinal);

    /// <summary>The paths of the files that the process has mapped.</summary>
    public IReadOnlyCollection<string> MappedFiles()
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (string line in (SystemFile.Text($"{Folder}/maps", MaxMapBytes) ?? "").Split('\n'))
        {
            int path = line.IndexOf('/', StringComparison.Ordinal);
            if (path > 0)
                files.Add(line[path..]);
        }

        return files;
    }

    private static bool SeesOtherFiles(string folder)
    {
        try
        {
            return File.ResolveLinkTarget("/proc/self/ns/mnt", returnFinalTarget: false)?.Name is { } own && File.ResolveLinkTarget($"{folder}/ns/mnt", returnFinalTarget: false)?.Name is { } other
                ? own != other || File.ResolveLinkTarget($"{folder}/root", returnFinalTarget: false)?.FullName is not (null or "/")
                : false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static Dictionary<string, string> Variables(string environment)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string variable in environment.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = variable.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                variables.TryAdd(variable[..equals], variable[(equals + 1)..]);
        }

        return variables;
    }

    /// <summary>The module that is run: of <c>dotnet shop.dll</c> the file named, of <c>./shop</c> the module beside it.</summary>
    private static string ProgramOf(string[] arguments, string current, string root)
    {
        if (arguments.Length == 0)
            return "";
        string name = arguments[0];
        if (Path.GetFileName(name) == "dotnet")
            name = Array.Find(arguments, argument => argument.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)) ?? name;
        if (!Path.IsPathRooted(name) && LinkOf(current) is { } folder)
            name = Path.GetFullPath(Path.Combine(folder, name));
        return !name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && File.Exists($"{root}{name}.dll") ? $"{name}.dll" : name;
    }

    private static string? LinkOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // The 22nd field; the second, in brackets, may hold anything.
    private static string StartOf(string stat)
    {
        string[] fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 19 ? fields[19] : "";
    }

    /// <param name="place">Which number of the line, from 0; the last one when there are fewer.</param>
    private static int Number(string status, string name, int place)
    {
        foreach (string line in status.Split('\n'))
        {
            if (!line.StartsWith(name, StringComparison.Ordinal))
                continue;
            string[] numbers = line[name.Length..].Split('\t', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return numbers.Length > 0 && int.TryParse(numbers[Math.Min(place, numbers.Length - 1)], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
        }

        return 0;
    }
}
