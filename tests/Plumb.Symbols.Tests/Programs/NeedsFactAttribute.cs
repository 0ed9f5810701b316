namespace Plumb.Symbols.Tests.Programs;

/// <summary>A test that needs programs of the machine. Without them it is skipped, saying what to install; a build job (<c>CI=true</c>) fails instead.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsFactAttribute : FactAttribute
{
    private static readonly Dictionary<string, string> Packages = new()
    {
        ["gcc"] = "gcc",
        ["go"] = "golang-go",
        ["objdump"] = "binutils",
        ["addr2line"] = "binutils",
        ["c++filt"] = "binutils",
        ["strip"] = "binutils",
        ["objcopy"] = "binutils",
        ["llvm-symbolizer"] = "llvm",
        ["llvm-objdump"] = "llvm",
        ["mkfifo"] = "coreutils",
    };

    public NeedsFactAttribute(params string[] programs)
    {
        Programs = programs;
        string[] missing = [.. programs.Where(program => Program.Find(program) is null)];
        if (missing.Length > 0 && Environment.GetEnvironmentVariable("CI") is not ("true" or "1"))
            Skip = $"install {string.Join(", ", missing.Select(program => Packages[program]).Distinct())}: {string.Join(", ", missing)} not found";
    }

    public string[] Programs { get; }
}
