using Plumb.Profiles;
using Plumb.Symbols.Remote;
using Plumb.Symbols.Tests.Programs;
using Plumb.Symbols.Tools;

namespace Plumb.Symbols.Tests;

public sealed class SymbolizerTests
{
    private static readonly Toolbox All = Toolbox.Find("", Environment.GetEnvironmentVariable("PATH") ?? "");
    private static readonly Toolbox None = new();

    [NeedsFact("gcc", "llvm-symbolizer")]
    public async Task Llvm_symbolizer_tells_functions_files_lines_and_inlined_calls() =>
        await ExpectInlinedCallAsync(new Toolbox { LlvmSymbolizer = All.LlvmSymbolizer });

    [NeedsFact("gcc", "addr2line")]
    public async Task Addr2line_tells_the_same_where_there_is_no_llvm() => await ExpectInlinedCallAsync(new Toolbox { Addr2Line = All.Addr2Line });

    [NeedsFact("gcc", "llvm-symbolizer", "addr2line")]
    public async Task A_program_with_fixed_addresses_is_read_as_well()
    {
        await ExpectInlinedCallAsync(new Toolbox { LlvmSymbolizer = All.LlvmSymbolizer }, "-no-pie");
        await ExpectInlinedCallAsync(new Toolbox { Addr2Line = All.Addr2Line }, "-no-pie");
    }

    [NeedsFact("gcc")]
    public async Task Without_any_tool_the_symbol_table_still_has_the_names()
    {
        using var folder = new TestFolder();
        var program = new CProgram(folder);
        Profile profile = await SymbolizeAsync(program.Profile(program.Address("work", 3), program.Address("main", 1)), None);

        Assert.Equal(["work", "main"], Names(profile));
        Assert.True(profile.Mappings.Rows[0] is { HasFunctions: true, HasFilenames: false, HasLineNumbers: false });
    }

    [NeedsFact("gcc", "llvm-symbolizer")]
    public async Task Fastlocal_reads_names_alone_even_where_lines_could_be_had()
    {
        using var folder = new TestFolder();
        var program = new CProgram(folder);
        Profile profile = await SymbolizeAsync(program.Profile(program.Address("work")), All, "fastlocal");

        Assert.Equal(["work"], Names(profile));
        Assert.Equal(0, profile.Locations.AllLines[0].Number);
    }

    [NeedsFact("gcc", "strip")]
    public async Task A_stripped_program_leaves_the_profile_as_it_is()
    {
        using var folder = new TestFolder();
        var program = new CProgram(folder);
        Profile before = program.Profile(program.Address("work"));
        Programs.Program.Run("strip", [program.Path]);

        Profile profile = await SymbolizeAsync(before, None);

        Assert.True(profile.Locations.AllLines.IsEmpty);
        Assert.False(profile.Mappings.Rows[0].HasFunctions);
    }

    [NeedsFact("gcc")]
    public async Task A_program_of_another_build_is_not_asked()
    {
        using var folder = new TestFolder();
        var program = new CProgram(folder);
        var notes = new List<string>();
        Profile profile = CProgram.Profile(program.Mapping with { BuildId = "0123" }, program.Address("work"));

        Profile symbolized = await new Symbolizer(None).SymbolizeAsync(profile, SymbolizeMode.Default, [], notes);

        Assert.True(symbolized.Locations.AllLines.IsEmpty);
        Assert.Contains(notes, note => note.Contains("build ID mismatch", StringComparison.Ordinal));
    }

    [NeedsFact("gcc")]
    public async Task What_has_symbols_keeps_them_unless_force_is_said()
    {
        using var folder = new TestFolder();
        var program = new CProgram(folder);
        var builder = new ProfileBuilder(new SampleType("samples", "count"));
        MappingId mapping = builder.Mapping(program.Mapping with { HasFunctions = true });
        LocationId location = builder.Location(program.Address("work"), mapping, [new Line(builder.Function("old"), 1)]);
        builder.AddSample(builder.Stack([location]), [1]);
        Profile profile = builder.Build();

        Assert.Same(profile, await SymbolizeAsync(profile, None));
        Assert.Equal(["work"], Names(await SymbolizeAsync(profile, None, "local:force")));
        Assert.Same(profile, await SymbolizeAsync(profile, None, "none"));
    }

    [NeedsFact("gcc", "llvm-symbolizer", "addr2line")]
    public async Task Thousands_of_addresses_in_one_batch_never_block_the_pipe()
    {
        using var folder = new TestFolder();
        var program = new CProgram(folder);
        ulong start = program.Address("work");
        ulong[] addresses = [.. Enumerable.Range(0, 30_000).Select(i => start + ((ulong)i % 16) + ((ulong)i << 40))];
        Profile profile = program.Profile([.. addresses.Select((_, i) => start + ((ulong)i % 16))]);
        var mapping = program.Mapping;
        await using var code = Symbols.Code.BinaryCode.Open(mapping, new Toolbox { LlvmSymbolizer = All.LlvmSymbolizer });

        var frames = await code.FramesAsync([.. addresses.Select((_, i) => start + ((ulong)i % 16))]);

        Assert.Equal(30_000, frames.Count(calls => calls[^1].Function == "work"));
        Assert.Equal(16, profile.Locations.Count);
    }

    [NeedsFact("gcc", "llvm-symbolizer", "addr2line")]
    public async Task A_file_name_is_a_name_whatever_is_in_it()
    {
        using var folder = new TestFolder();
        string name = $"-e \"x\";$(touch {folder.File("evil")})\nCODE 0x0";
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        var program = new CProgram(folder, "plain");
        ulong address = program.Address("work");
        File.Move(program.Path, folder.File(name));
        Mapping mapping = program.Mapping with { File = folder.File(name) };

        foreach (Toolbox tools in new[] { new Toolbox { LlvmSymbolizer = All.LlvmSymbolizer }, new Toolbox { Addr2Line = All.Addr2Line } })
            Assert.Equal(["work"], Names(await SymbolizeAsync(CProgram.Profile(mapping, address), tools)));

        Assert.False(File.Exists(folder.File("evil")));
    }

    [NeedsFact("mkfifo")]
    public async Task A_mapping_that_names_a_pipe_or_a_device_is_not_opened()
    {
        using var folder = new TestFolder();
        Programs.Program.Run("mkfifo", [folder.File("pipe")]);
        foreach (string file in new[] { folder.File("pipe"), "/dev/zero", "/proc/self/exe", folder.Path, folder.File("absent"), "nul\0byte" })
        {
            var notes = new List<string>();
            Profile profile = CProgram.Profile(new Mapping(0x1000, 0x2000, 0, file, ""), 0x1100);

            await new Symbolizer(All).SymbolizeAsync(profile, SymbolizeMode.Default, [], notes).WaitAsync(TimeSpan.FromMinutes(2));

            Assert.Contains(notes, note => note.StartsWith("Local symbolization failed for ", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("[vdso]")]
    [InlineData("//anon")]
    [InlineData("/memfd:code (deleted)")]
    [InlineData("http://host:6060/debug/pprof/profile")]
    public async Task Mappings_without_a_file_are_passed_over_in_silence(string file)
    {
        var notes = new List<string>();
        await new Symbolizer(None).SymbolizeAsync(CProgram.Profile(new Mapping(0x1000, 0x2000, 0, file, ""), 0x1100), SymbolizeMode.Default, [], notes);

        Assert.Empty(notes);
    }

    [NeedsFact("go", "llvm-symbolizer")]
    public async Task Lines_of_a_Go_program_are_those_that_its_own_runtime_wrote()
    {
        using var folder = new TestFolder();
        Profile written = GoProgram.CpuProfile(folder);
        Profile bare = BareProfile.Of(written);
        Assert.True(written.Locations.Count > 2 && bare.Locations.AllLines.IsEmpty);

        Profile profile = await SymbolizeAsync(bare, new Toolbox { LlvmSymbolizer = All.LlvmSymbolizer });

        HashSet<string> expected = BareProfile.Frames(written, "main."), found = BareProfile.Frames(profile, "main.");
        Assert.Contains(expected, frame => frame.StartsWith("main.spin ", StringComparison.Ordinal));
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [NeedsFact("go", "gcc", "llvm-symbolizer")]
    public async Task Go_tool_pprof_names_the_same_functions_and_lines()
    {
        using var folder = new TestFolder();
        var program = new CProgram(folder);
        Profile profile = program.Profile(program.Address("work"), program.Address("main"));
        string file = folder.File("profile.pb");
        using (FileStream stream = File.Create(file))
            Plumb.Profiles.Proto.ProfileEncoder.Encode(profile, stream);

        string theirs = Programs.Program.Run("go", ["tool", "pprof", "-symbolize=local", "-lines", "-noinlines", "-top", file], folder.Path);
        Profile ours = await SymbolizeAsync(profile, All, "local");

        foreach (Location location in new[] { ours.Locations[new LocationId(0)], ours.Locations[new LocationId(1)] })
        {
            Line line = location.Lines[^1];
            Assert.Matches($@"{ours.Function(line.Function).Name} \S*prog.c:{line.Number}\s", theirs);
        }
    }

    [Fact]
    public async Task A_service_is_asked_for_what_no_binary_tells()
    {
        Profile profile = CProgram.Profile(new Mapping(0x1000, 0x3000, 0, "/gone/app", ""), 0x1100, 0x1200, 0x1300);
        var service = new FakeService(question => string.Join('\n', question.Split('+').Select(address => $"{address} fn_{address}")) + "\nnum_symbols: 3\n");
        RemoteMapping[] sources = [new("", "/gone/app", 0x5000, new Uri("http://app:6060/debug/pprof/profile?seconds=5"))];

        Profile symbolized = await new Symbolizer(None, service).SymbolizeAsync(profile, SymbolizeMode.Parse("remote", []), sources, []);

        // The service has its code 0x4000 higher than the merged profile says.
        Assert.Equal(("http://app:6060/debug/pprof/symbol", "0x5100+0x5200+0x5300"), Assert.Single(service.Asked));
        Assert.Equal(["fn_0x5100", "fn_0x5200", "fn_0x5300"], Names(symbolized));
        Assert.True(symbolized.Mappings.Rows[0].HasFunctions);
    }

    [Fact]
    public async Task A_service_that_fails_leaves_the_profile_and_is_told()
    {
        var notes = new List<string>();
        Profile profile = CProgram.Profile(new Mapping(0x1000, 0x3000, 0, "/gone/app", ""), 0x1100);
        var service = new FakeService(_ => throw new SymbolizationException("the service answered 500"));

        Profile symbolized = await new Symbolizer(None, service).SymbolizeAsync(
            profile, SymbolizeMode.Parse("remote", []), [new("", "/gone/app", 0x1000, new Uri("http://app/profile"))], notes);

        Assert.True(symbolized.Locations.AllLines.IsEmpty);
        Assert.Equal("remote symbolization: the service answered 500", Assert.Single(notes));
    }

    [Theory]
    [InlineData("http://h:1/debug/pprof/profile?seconds=3", "http://h:1/debug/pprof/symbol")]
    [InlineData("http://h:1/x/debug/pprof/heap", "http://h:1/x/debug/pprof/symbol")]
    [InlineData("http://h:1/pprof/growth", "http://h:1/pprof/symbol")]
    [InlineData("http://h:1/profilez", "http://h:1/symbolz")]
    [InlineData("http://h:1/a/profilez?x=1", "http://h:1/a/symbolz")]
    [InlineData("http://h:1/", "http://h:1/symbolz")]
    public void Symbols_are_asked_for_beside_the_profile(string profile, string endpoint) =>
        Assert.Equal(endpoint, SymbolEndpoint.Beside(new Uri(profile)).ToString());

    [Fact]
    public void Words_of_the_option_that_mean_nothing_are_told_and_passed_over()
    {
        var notes = new List<string>();
        SymbolizeMode mode = SymbolizeMode.Parse("local:bogus:force", notes);

        Assert.True(mode is { IsLocal: true, IsRemote: false, IsForced: true });
        Assert.Contains("bogus", Assert.Single(notes), StringComparison.Ordinal);
    }

    private static async Task ExpectInlinedCallAsync(Toolbox tools, params string[] flags)
    {
        using var folder = new TestFolder();
        var program = new CProgram(folder, "prog", flags);
        ulong[] addresses = [.. Enumerable.Range(0, (int)program.Object.Symbols.Find("work")!.Value.Size).Select(i => program.Address("work", (ulong)i))];
        Profile profile = await SymbolizeAsync(program.Profile(addresses), tools);

        var calls = new HashSet<string>();
        for (int i = 0; i < profile.Locations.Count; i++)
        {
            Line[] lines = profile.Locations.Lines(new LocationId(i)).ToArray();
            calls.Add(string.Join(" < ", lines.Select(line => $"{profile.Function(line.Function).Name}:{line.Number}")));
            Assert.All(lines, line => Assert.Equal(program.SourceFile, profile.Function(line.Function).File));
        }

        Assert.Contains("helper:2 < work:8", calls);
        Assert.All(calls, call => Assert.Contains("work:", call, StringComparison.Ordinal));
        Assert.True(profile.Mappings.Rows[0] is { HasFunctions: true, HasFilenames: true, HasLineNumbers: true, HasInlineFrames: true });
    }

    private static Task<Profile> SymbolizeAsync(Profile profile, Toolbox tools, string mode = "") =>
        new Symbolizer(tools).SymbolizeAsync(profile, SymbolizeMode.Parse(mode, []), [], []);

    private static IEnumerable<string> Names(Profile profile)
    {
        for (int i = 0; i < profile.Locations.Count; i++)
            yield return profile.Function(profile.Locations.Lines(new LocationId(i))[^1].Function).Name;
    }

    private sealed class FakeService(Func<string, string> answer) : IRemoteSymbols
    {
        public List<(string Endpoint, string Question)> Asked { get; } = [];

        public Task<string> PostAsync(Uri endpoint, string question, CancellationToken cancellationToken)
        {
            Asked.Add((endpoint.ToString(), question));
            return Task.FromResult(answer(question));
        }
    }
}
