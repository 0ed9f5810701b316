using Plumb.Reports.Disassembly;

namespace Plumb.Reports.Tests.Disassembly;

public sealed class DisassemblyViewTests
{
    private const ulong Work = FakeCode.Base + FakeCode.Start;

    [Fact]
    public void Each_instruction_has_its_samples_and_a_place_is_said_where_it_begins() =>
        Assert.Equal(
            """
            Total: 12
            ROUTINE ======================== work
                AKA ======================== alias
                    12         12 (flat, cum)   100% of Total
                     5          5       1000: instruction 0                           ;work prog.c:10
                     .          .       1004: instruction 1
                     7          7       1008: instruction 2                           ;work prog.c:11
                     .          .       100c: instruction 3

            """,
            Print("work", (Work, 5), (Work + 8, 7)));

    [Fact]
    public void A_sample_in_the_middle_of_an_instruction_is_of_that_instruction()
    {
        DisassembledFunction function = Compute("work", (Work + 6, 3)).Functions.Single();

        Assert.Equal([0L, 3, 0, 0], function.Lines.Select(line => line.Flat));
    }

    [Fact]
    public void Samples_of_other_functions_are_not_counted()
    {
        DisassembledFunction function = Compute("work|main", (Work, 3)).Functions.Single();

        Assert.Equal((3L, 3L), (function.Flat, function.Cum));
    }

    [Fact]
    public void A_long_instruction_has_its_place_on_a_line_before() =>
        Assert.Contains($"\n{new string(' ', 74)};work prog.c:10\n         5          5       1000: {new string('x', 45)} 0\n",
            ReportText.Print(Report("work", (Work, 5)), new FakeCode(new string('x', 45))), StringComparison.Ordinal);

    [Fact]
    public void An_address_means_the_function_that_it_is_in() =>
        Assert.Equal("work", Compute($"0x{Work + 5:x}", (Work, 5)).Functions.Single().Names[0]);

    [Theory]
    [InlineData("nothing", "no matches found for regexp nothing")]
    [InlineData("0x11900", "no matches found for address 0x11900")]
    public void Nothing_that_matches_is_an_error(string pattern, string message) =>
        Assert.Equal(message, Assert.Throws<ReportException>(() => Compute(pattern, (Work, 5))).Message);

    [Fact]
    public void A_binary_that_is_not_there_has_no_functions() =>
        Assert.Throws<ReportException>(() => DisassemblyView.Compute(Report("work", (Work, 5)), new FakeCode { IsThere = false }));

    [Fact]
    public void What_a_binary_says_never_moves_the_cursor() =>
        Assert.DoesNotContain('\x1b', ReportText.Print(Report("work", (Work, 5)), new FakeCode("\x1b[2J"), forTerminal: true));

    private static Report Report(string pattern, params (ulong, long)[] samples) =>
        ReportText.Report(FakeCode.Profile(samples), ReportFormat.Disassembly, ReportText.Plain, pattern);

    private static DisassemblyView Compute(string pattern, params (ulong, long)[] samples) => DisassemblyView.Compute(Report(pattern, samples), new FakeCode());

    private static string Print(string pattern, params (ulong, long)[] samples) => ReportText.Print(Report(pattern, samples), new FakeCode());
}
