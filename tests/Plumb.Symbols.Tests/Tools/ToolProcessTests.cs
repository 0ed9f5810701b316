using System.Diagnostics;
using Plumb.Symbols.Tests.Programs;
using Plumb.Symbols.Tools;

namespace Plumb.Symbols.Tests.Tools;

public sealed class ToolProcessTests
{
    [Fact]
    public async Task A_tool_that_is_silent_is_stopped_and_named()
    {
        using var folder = new TestFolder();
        string pidFile = folder.File("pid");
        string tool = folder.WriteScript("mute", $"echo $$ > '{pidFile}'\nexec sleep 600\n");
        var limits = new ToolLimits { Silence = TimeSpan.FromSeconds(1) };

        SymbolizationException error;
        await using (ToolProcess process = ToolProcess.Start(tool, [], limits))
            error = await Assert.ThrowsAsync<SymbolizationException>(async () => await process.ReadAnswerAsync(CancellationToken.None));

        Assert.Equal("mute said nothing for 1 s and was stopped", error.Message);
        ExpectGone(pidFile);
    }

    [Fact]
    public async Task A_caller_that_gives_up_leaves_no_process_behind()
    {
        using var folder = new TestFolder();
        string pidFile = folder.File("pid");
        string tool = folder.WriteScript("slow", $"echo $$ > '{pidFile}'\necho ready\nexec sleep 600\n");
        using var giveUp = new CancellationTokenSource();
        await using (ToolProcess process = ToolProcess.Start(tool, [], ToolLimits.Default))
        {
            Assert.Equal("ready", await process.ReadAnswerAsync(giveUp.Token));
            await giveUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await process.ReadAnswerAsync(giveUp.Token));
        }

        ExpectGone(pidFile);
    }

    [Fact]
    public async Task A_tool_that_ends_half_way_is_an_error_with_what_it_said()
    {
        using var folder = new TestFolder();
        string tool = folder.WriteScript("broken", "echo no such section >&2\nexit 3\n");
        await using ToolProcess process = ToolProcess.Start(tool, [], ToolLimits.Default);

        await Assert.ThrowsAsync<SymbolizationException>(async () => await process.ReadAnswerAsync(CancellationToken.None));
        var error = await Assert.ThrowsAsync<SymbolizationException>(() => process.ExpectSuccessAsync(CancellationToken.None));
        Assert.Equal("broken failed with exit code 3: no such section", error.Message);
    }

    [Fact]
    public async Task A_line_without_an_end_stops_at_its_bound()
    {
        using var folder = new TestFolder();
        string tool = folder.WriteScript("endless", "while :; do printf 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'; done\n");
        await using ToolProcess process = ToolProcess.Start(tool, [], new ToolLimits { MaxLineBytes = 100_000 });

        var error = await Assert.ThrowsAsync<SymbolizationException>(async () => await process.ReadAnswerAsync(CancellationToken.None));
        Assert.Contains("a line of more than 100000 bytes", error.Message, StringComparison.Ordinal);
    }

    [NeedsFact("gcc")]
    public async Task A_symbolizer_that_talks_nonsense_is_told_and_the_profile_stays()
    {
        using var folder = new TestFolder();
        var program = new CProgram(folder);
        var notes = new List<string>();
        string nonsense = folder.WriteScript("llvm-symbolizer", "while read line; do echo '?? not json'; done\n");

        Plumb.Profiles.Profile profile = await new Symbolizer(new Toolbox { LlvmSymbolizer = nonsense })
            .SymbolizeAsync(program.Profile(program.Address("work")), SymbolizeMode.Default, [], notes);

        Assert.True(profile.Locations.AllLines.IsEmpty);
        Assert.Contains(notes, note => note.Contains("llvm-symbolizer's answer is not what was expected", StringComparison.Ordinal));
    }

    [Fact]
    public void Tools_are_found_in_the_folders_that_the_user_names_before_the_search_path()
    {
        using var folder = new TestFolder();
        string general = folder.WriteScript("all/addr2line", "exit\n"), special = folder.WriteScript("one/addr2line", "exit\n");
        string onPath = folder.WriteScript("path/llvm-symbolizer", "exit\n");
        folder.Write("all/objdump", "not executable");

        Toolbox tools = Toolbox.Find($"{folder.File("all")},addr2line:{folder.File("one")}", $"{folder.File("path")}:relative:");

        Assert.Equal((special, onPath, null), (tools.Addr2Line, tools.LlvmSymbolizer, tools.Objdump));
        Assert.Equal(general, Toolbox.Find(folder.File("all"), "").Addr2Line);
    }

    private static void ExpectGone(string pidFile)
    {
        int pid = int.Parse(File.ReadAllText(pidFile), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(pid));
    }
}
