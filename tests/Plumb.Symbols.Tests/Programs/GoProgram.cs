using Plumb.Profiles;
using Plumb.Profiles.Proto;

namespace Plumb.Symbols.Tests.Programs;

/// <summary>A small Go program that takes a CPU profile of itself.</summary>
internal static class GoProgram
{
    private const string Source = """
        package main

        import (
        	"os"
        	"runtime/pprof"
        	"time"
        )

        var sink int

        func step(n int) int { return n*31 + sink%7 }

        //go:noinline
        func spin(d time.Duration) {
        	for end := time.Now().Add(d); time.Now().Before(end); {
        		for i := 0; i < 100000; i++ {
        			sink += step(i)
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

    /// <summary>The profile as the program's runtime wrote it, with its own symbols; the binary is there still.</summary>
    public static Profile CpuProfile(TestFolder folder)
    {
        string source = folder.Write("spin/main.go", Source), binary = folder.File("spin/spin"), file = folder.File("cpu.pb.gz");
        Program.Run("go", ["build", "-o", binary, source], folder.Path, new Dictionary<string, string> { ["GO111MODULE"] = "off", ["GOFLAGS"] = "" });
        Program.Run(binary, [file]);
        using FileStream stream = File.OpenRead(file);
        return ProfileDecoder.Decode(stream);
    }
}
