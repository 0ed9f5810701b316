using Plumb.Profiles;
using Plumb.Symbols.Binaries;
using Plumb.Symbols.Elf;

namespace Plumb.Symbols.Tests.Programs;

/// <summary>A small C program, compiled for a test, and addresses in it as a process would have them.</summary>
internal sealed class CProgram
{
    // Line numbers count: helper's loop is on line 2, and main calls it on line 8.
    private const string Source = """
        static inline __attribute__((always_inline)) int helper(int n) {
          volatile int sum = 0; for (int i = 0; i < n; i++) sum += i;
          return sum;
        }
        __attribute__((noinline)) int work(int n) {
          int total = 1;
          total += n;
          total += helper(total);
          return total;
        }
        int main(int argc, char **argv) { return work(argc) & 1; }
        """;

    // Where Linux loads what can be loaded anywhere.
    private const ulong Anywhere = 0x5555_5555_4000;

    public CProgram(TestFolder folder, string name = "prog", params string[] flags)
    {
        Path = folder.File(name);
        SourceFile = folder.Write("prog.c", Source);
        Program.Run("gcc", ["-O1", "-fno-ipa-cp", "-g", "-Wl,--build-id=sha1", .. flags, "-o", Path, SourceFile]);
        Object = ObjectFile.Open(Path);
        Start = Object.Elf.Type == ElfType.Executable ? 0 : Anywhere;
    }

    public string Path { get; }

    public string SourceFile { get; }

    public ObjectFile Object { get; }

    /// <summary>What the loader adds to the linker's addresses.</summary>
    public ulong Start { get; }

    public Mapping Mapping
    {
        get
        {
            ElfSegment text = Object.Elf.TextSegment!.Value;
            ulong page = text.Address & ~0xfffUL;
            ulong limit = (text.Address + text.MemorySize + 0xfff) & ~0xfffUL;
            return new Mapping(Start + page, Start + limit, text.Offset & ~0xfffUL, Path, Object.BuildId);
        }
    }

    public ulong Address(string function, ulong into = 0) => Start + Object.Symbols.Find(function)!.Value.Address + into;

    /// <summary>A profile of one sample for each address, without symbols.</summary>
    public Profile Profile(params ulong[] addresses) => Profile(Mapping, addresses);

    public static Profile Profile(Mapping mapping, params ulong[] addresses)
    {
        var builder = new ProfileBuilder(new SampleType("samples", "count"));
        MappingId id = builder.Mapping(mapping);
        foreach (ulong address in addresses)
            builder.AddSample(builder.Stack([builder.Location(address, id, [])]), [1]);

        return builder.Build();
    }
}
