using System.Diagnostics;

namespace Plumb.Symbols.Tests.Programs;

/// <summary>Runs a program of the machine for a test.</summary>
internal static class Program
{
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    public static string Run(string name, IEnumerable<string> arguments, string folder = "", IReadOnlyDictionary<string, string>? environment = null)
    {
        var info = new ProcessStartInfo(Find(name) ?? throw new InvalidOperationException($"{name} is not installed"), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string variable, string value) in environment ?? new Dictionary<string, string>())
            info.Environment[variable] = value;

        using Process process = Process.Start(info)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{name}: {errors.Result}");
        return output;
    }
}
