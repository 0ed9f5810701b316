using System.Collections.Immutable;
using Plumb.Symbols.Code;
using Plumb.Symbols.Elf;
using Plumb.Symbols.Tests.Programs;
using Plumb.Symbols.Tools;

namespace Plumb.Symbols.Tests.Code;

public sealed class DisassemblerTests
{
    private static readonly Toolbox All = Toolbox.Find("", Environment.GetEnvironmentVariable("PATH") ?? "");

    [Fact]
    public void The_text_of_GNU_objdump_is_read()
    {
        Instruction[] instructions = Read("""

            prog:     file format elf64-x86-64


            Disassembly of section .text:

            0000000000001139 <work>:
            work():
            /src/prog.c:5
                1139:	push   %rbp
            /src/prog.c:7 (discriminator 3)
                113a:	lea    0x1(%rdi),%eax
                113d:	call   1030 <f(int)@plt>

            0000000000001150 <other>:
                1150:	ret
            """);

        Assert.Equal(
            [
                new(0x1139, "push   %rbp", "work", "/src/prog.c", 5), new(0x113a, "lea    0x1(%rdi),%eax", "work", "/src/prog.c", 7),
                new(0x113d, "call   1030 <f(int)@plt>", "work", "/src/prog.c", 7), new(0x1150, "ret", "<other>", "", 0),
            ],
            instructions);
    }

    [Fact]
    public void The_text_of_LLVM_objdump_is_read()
    {
        Instruction[] instructions = Read("""
            0000000000001139 <ns::work(int)>:
            ; ns::work(int)():
            ; /src/prog.c:5
                1139:      	pushq	%rbp
            ; main.work():
                113a: c3                           	retq
            """);

        Assert.Equal(
            [new(0x1139, "pushq\t%rbp", "ns::work(int)", "/src/prog.c", 5), new(0x113a, "c3                           \tretq", "main.work", "/src/prog.c", 5)],
            instructions);
    }

    [NeedsFact("gcc", "objdump")]
    public async Task A_function_of_a_real_program_is_disassembled_with_its_lines()
    {
        using var folder = new TestFolder();
        await ExpectWorkAsync(new CProgram(folder), new Toolbox { Objdump = Programs.Program.Find("objdump") });
    }

    [NeedsFact("gcc", "llvm-objdump")]
    public async Task LLVM_gives_the_same_lines()
    {
        using var folder = new TestFolder();
        await ExpectWorkAsync(new CProgram(folder), new Toolbox { Objdump = Programs.Program.Find("llvm-objdump") });
    }

    [NeedsFact("gcc", "objdump")]
    public async Task Functions_are_found_by_name_and_by_address()
    {
        using var folder = new TestFolder();
        var program = new CProgram(folder);
        await using BinaryCode code = BinaryCode.Open(program.Mapping, All);

        CodeSymbol byName = Assert.Single(await code.SymbolsAsync(name => name == "work", null));
        ulong address = code.ObjectAddress(program.Address("work", 2))!.Value;
        CodeSymbol byAddress = Assert.Single(await code.SymbolsAsync(_ => false, address));

        Assert.Equal(byName.Start, byAddress.Start);
        Assert.Contains("work", byAddress.Names);
        Assert.True(byName.End > byName.Start);
        Assert.Empty(await code.SymbolsAsync(name => name == "absent", null));
    }

    [NeedsFact("gcc", "objdump", "objcopy", "strip")]
    public async Task A_stripped_binary_has_the_functions_of_the_file_with_its_symbols()
    {
        using var folder = new TestFolder();
        await ExpectSeparateSymbolsAsync(folder, new CProgram(folder));
    }

    [NeedsFact("gcc", "objdump", "objcopy", "strip")]
    public async Task Without_a_build_id_the_checksum_tells_whose_symbols_they_are()
    {
        using var folder = new TestFolder();
        var program = new CProgram(folder, "prog", "-Wl,--build-id=none");
        Assert.Equal("", program.Object.BuildId);
        string symbols = await ExpectSeparateSymbolsAsync(folder, program);

        await File.AppendAllTextAsync(symbols, "another build");
        await using BinaryCode code = BinaryCode.Open(program.Mapping, All);
        Assert.Empty(await code.SymbolsAsync(name => name == "work", null));
    }

    [NeedsFact("gcc", "objcopy", "strip")]
    public async Task Symbols_of_another_build_are_not_taken()
    {
        using var folder = new TestFolder();
        var program = new CProgram(folder);
        string symbols = Separate(folder, program);
        _ = new CProgram(folder, "other", "-DOTHER", "-O0");
        Programs.Program.Run("objcopy", ["--only-keep-debug", folder.File("other"), symbols]);

        await using BinaryCode code = BinaryCode.Open(program.Mapping, All);
        Assert.Empty(await code.SymbolsAsync(name => name == "work", null));
    }

    [Fact]
    public async Task Without_objdump_the_user_learns_what_to_install()
    {
        var error = await Assert.ThrowsAsync<SymbolizationException>(() => new Disassembler(new Toolbox()).DisassembleAsync("/bin/true", 0, 1, false));

        Assert.Contains("install binutils", error.Message, StringComparison.Ordinal);
    }

    [NeedsFact("gcc")]
    public void A_binary_of_another_build_is_refused()
    {
        using var folder = new TestFolder();
        var program = new CProgram(folder);

        Assert.Throws<SymbolizationException>(() => BinaryCode.Open(program.Mapping with { BuildId = "0123" }, All));
    }

    private static async Task<string> ExpectSeparateSymbolsAsync(TestFolder folder, CProgram program)
    {
        ulong start = program.Object.Symbols.Find("work")!.Value.Address;
        string symbols = Separate(folder, program);
        await using BinaryCode code = BinaryCode.Open(program.Mapping, All);

        CodeSymbol work = Assert.Single(await code.SymbolsAsync(name => name == "work", null));
        Assert.Equal(start, work.Start);
        Assert.NotEmpty(await code.DisassembleAsync(work.Start, work.End, intelSyntax: false));
        return symbols;
    }

    /// <returns>The file with the symbols that are no longer in the program.</returns>
    private static string Separate(TestFolder folder, CProgram program)
    {
        Directory.CreateDirectory(folder.File(".debug"));
        string symbols = folder.File(".debug/prog.debug");
        Programs.Program.Run("objcopy", ["--only-keep-debug", program.Path, symbols]);
        Programs.Program.Run("strip", [program.Path]);
        Programs.Program.Run("objcopy", [$"--add-gnu-debuglink={symbols}", program.Path]);
        return symbols;
    }

    private static async Task ExpectWorkAsync(CProgram program, Toolbox tools)
    {
        ElfSymbol work = program.Object.Symbols.Find("work")!.Value;
        foreach (bool intel in new[] { false, true })
        {
            ImmutableArray<Instruction> instructions = await new Disassembler(tools).DisassembleAsync(program.Path, work.Address, work.Address + work.Size, intel);

            Assert.True(instructions.Length > 5);
            Assert.Equal(work.Address, instructions[0].Address);
            Assert.Contains(instructions, instruction => instruction.Line == 7 && instruction.File == program.SourceFile && instruction.Function.Contains("work", StringComparison.Ordinal));
            Assert.Equal(!intel, instructions.Any(instruction => instruction.Text.Contains('%', StringComparison.Ordinal)));
        }
    }

    private static Instruction[] Read(string text)
    {
        var reader = new ObjdumpText();
        return [.. text.Split('\n').Select(reader.Take).Where(instruction => instruction is not null).Select(instruction => instruction!.Value)];
    }
}
