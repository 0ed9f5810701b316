using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Plumb.Cli.Pprof;

namespace Plumb.Cli.Tests.Pprof;

/// <summary>
/// <c>plumb pprof</c> on the machine code of a Go program, and beside it <c>go tool pprof</c>. Needs go and objdump; without them
/// a build job (<c>CI=true</c>) fails and anyone else is told what to install.
/// </summary>
public sealed partial class MachineCodeTests : IDisposable
{
    private const string GoSource = """
        package main

        import (
        	"os"
        	"runtime/pprof"
        	"time"
        )

        var sink int

        //go:noinline
        func spin(d time.Duration) {
        	for end := time.Now().Add(d); time.Now().Before(end); {
        		for i := 0; i < 100000; i++ {
        			sink += i * 31 % 7
        		}
        	}
        }

        func main() {
        	f, err := os.Create(os.Args[1])
        	if err != nil {
        		panic(err)
        	}
        	pprof.StartCPUProfile(f)
        	spin(400 * time.Millisecond)
        	pprof.StopCPUProfile()
        	f.Close()
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("plumb-code-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [NeedsGo]
    public void Disasm_counts_each_instruction_as_go_tool_pprof_does()
    {
        string profile = GoProfile();
        string ours = Plumb(["-disasm=main.spin", profile]).Output;
        string theirs = RunProgram("go", ["tool", "pprof", "-disasm=main.spin", profile]);

        // The disassemblers differ in their language and over padding, and agree on every instruction that has samples.
        string[] counted = [.. Counted(ours)];
        Assert.Equal(Counted(theirs), counted);
        Assert.NotEmpty(counted);
        Assert.Equal(Heading(theirs), Heading(ours));
    }

    [NeedsGo]
    public void Weblist_is_a_page_with_source_and_code()
    {
        (int exit, string page, _) = Plumb(["-weblist=main.spin", GoProfile()]);

        Assert.Equal(0, exit);
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.Contains("sink += i * 31 % 7</summary>", page, StringComparison.Ordinal);
        Assert.Contains("<div class=\"asm\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [NeedsGo]
    public void A_binary_before_the_profile_is_the_one_whose_code_is_shown()
    {
        string profile = GoProfile();
        string moved = Path.Combine(_folder, "moved");
        File.Move(Path.Combine(_folder, "spin"), moved);

        Assert.Equal(2, Plumb(["-disasm=main.spin", profile]).Exit);
        (int exit, string text, _) = Plumb(["-disasm=main.spin", moved, profile]);
        Assert.Equal(0, exit);
        Assert.Contains("ROUTINE ======================== main.spin", text, StringComparison.Ordinal);
    }

    [NeedsGo]
    public void A_binary_is_found_below_PPROF_BINARY_PATH()
    {
        string profile = GoProfile();
        string folder = Path.Combine(_folder, "binaries");
        Directory.CreateDirectory(folder);
        File.Move(Path.Combine(_folder, "spin"), Path.Combine(folder, "spin"));

        Assert.Equal(0, Plumb(["-disasm=main.spin", profile], ("PPROF_BINARY_PATH", folder)).Exit);
    }

    [NeedsGo]
    public void Without_tools_the_user_learns_what_to_install()
    {
        (int exit, _, string error) = Plumb(["-disasm=main.spin", GoProfile()], ("PATH", ""));

        Assert.Equal(2, exit);
        Assert.Contains("install binutils or LLVM", error, StringComparison.Ordinal);
    }

    private string GoProfile()
    {
        string source = Path.Combine(_folder, "main.go"), binary = Path.Combine(_folder, "spin"), profile = Path.Combine(_folder, "cpu.pb.gz");
        File.WriteAllText(source, GoSource);
        RunProgram("go", ["build", "-o", binary, source]);
        RunProgram(binary, [profile]);
        return profile;
    }

    private (int Exit, string Output, string Error) Plumb(string[] arguments, params (string Name, string Value)[] environment)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        string? Variable(string name) => environment.FirstOrDefault(pair => pair.Name == name) is { Name: not null } pair
            ? pair.Value : name == "PATH" ? Environment.GetEnvironmentVariable("PATH") : null;

        int exit = PprofProgram.Run(arguments, new PprofHost(output, error, false, _folder, Variable, TimeZoneInfo.Utc));
        return (exit, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    private string RunProgram(string program, string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment["GO111MODULE"] = "off";
        info.Environment["GOFLAGS"] = "";
        using Process process = Process.Start(info)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return text;
    }

    private static IEnumerable<string> Counted(string text) =>
        InstructionLine().Matches(text).Where(match => match.Groups[2].Value != ".").Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value} {match.Groups[3].Value}");

    private static string Heading(string text) => string.Join('\n', text.Split('\n').Take(3));

    [GeneratedRegex(@"^ +(\S+) +(\S+) +([0-9a-f]+): ", RegexOptions.Multiline)]
    private static partial Regex InstructionLine();

    private sealed class NeedsGoAttribute : FactAttribute
    {
        public NeedsGoAttribute()
        {
            string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
            string[] missing = [.. new[] { "go", "objdump" }.Where(name => !folders.Any(folder => File.Exists(Path.Combine(folder, name))))];
            if (missing.Length > 0 && Environment.GetEnvironmentVariable("CI") is not ("true" or "1"))
                Skip = $"install golang-go and binutils: {string.Join(", ", missing)} not found";
        }
    }
}
