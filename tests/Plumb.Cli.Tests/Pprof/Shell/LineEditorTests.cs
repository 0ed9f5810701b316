using Plumb.Cli.Pprof.Shell.Editing;

namespace Plumb.Cli.Tests.Pprof.Shell;

public class LineEditorTests
{
    [Theory]
    [InlineData("top", "top")]
    [InlineData("atop", "top", "Home", "a")]
    [InlineData("topX", "top", "^A", "^E", "X")]
    [InlineData("tXop", "top", "Left", "Left", "X")]
    [InlineData("toXp", "top", "Home", "Right", "Right", "X")]
    [InlineData("toXp", "top", "^B", "X")]
    [InlineData("tXop", "top", "^A", "^F", "X")]
    [InlineData("to", "top", "Backspace")]
    [InlineData("op", "top", "Home", "Delete")]
    [InlineData("op", "top", "^A", "^D")]
    [InlineData("peek ", "peek main.(*T).run", "^W")]
    [InlineData("run", "peek run", "C-Left", "^U")]
    [InlineData("peek ", "peek run", "C-Left", "^K")]
    [InlineData("runpeek ", "peek run", "C-Left", "^K", "Home", "^Y")]
    [InlineData("peek main.Xrun", "peek main.run", "M-b", "X")]
    [InlineData("peekX main", "peek main", "Home", "M-f", "X")]
    [InlineData("peekX main", "peek main", "Home", "C-Right", "X")]
    [InlineData(" main", "peek main", "Home", "M-d")]
    [InlineData("top", "top", "F5", "Esc")]
    public void Keys_do_what_they_do_in_other_shells(string line, params string[] keys) => Assert.Equal(line, Type(keys));

    [Theory]
    [InlineData("e\u0301x", "Backspace", "e\u0301")]
    [InlineData("a😀", "Backspace", "a")]
    public void A_character_is_what_a_person_sees(string typed, string key, string line) => Assert.Equal(line, Type(typed, key));

    [Fact]
    public void The_line_is_shown_as_it_is_edited_and_the_cursor_stands_where_the_next_character_goes()
    {
        FakeTerminal terminal = Terminal(40, "top10", "Left", "Left", "X");

        Editor(terminal).ReadLine("(pprof) ");

        Assert.Equal("(pprof) topX10", terminal.Screen);
        Assert.Equal((0, 12), terminal.Cursor);
    }

    [Fact]
    public void A_line_longer_than_the_screen_goes_on_in_the_next_row()
    {
        FakeTerminal terminal = Terminal(10, "abcdefghij", "Left", "Left", "X");

        Editor(terminal).ReadLine("> ");

        Assert.Equal("> abcdefgh\nXij", terminal.Screen);
        Assert.Equal((1, 1), terminal.Cursor);
    }

    [Fact]
    public void A_line_that_fills_its_row_puts_the_cursor_into_the_next_one()
    {
        FakeTerminal terminal = Terminal(10, "abcdefgh");

        Editor(terminal).ReadLine("> ");

        Assert.Equal("> abcdefgh", terminal.Screen);
        Assert.Equal((1, 0), terminal.Cursor);
    }

    [Fact]
    public void A_line_that_shrinks_leaves_nothing_behind()
    {
        FakeTerminal terminal = Terminal(10, "abcdefghijklmnop", "^A", "Delete", "^K", "b");

        Editor(terminal).ReadLine("> ");

        Assert.Equal("> b", terminal.Screen);
    }

    [Fact]
    public void Wide_characters_take_two_columns()
    {
        FakeTerminal terminal = Terminal(8, "日本語x", "Left");

        Editor(terminal).ReadLine("> ");

        Assert.Equal("> 日本語\nx", terminal.Screen);
        Assert.Equal((1, 0), terminal.Cursor);
    }

    [Fact]
    public void What_is_pasted_is_drawn_once_and_its_tabs_ask_nothing()
    {
        string text = new('x', 5000);
        var terminal = new FakeTerminal(80, [.. Keys.Of("peek", "Tab", text)], Keys.Of("Enter"));

        Assert.Equal($"peek {text}", Editor(terminal).ReadLine("> "));
        Assert.InRange(terminal.Writes, 1, 6);
    }

    [Fact]
    public void A_tab_that_comes_at_once_with_the_next_key_still_completes()
    {
        var terminal = new FakeTerminal(80, Keys.Of("tra", "Tab", "Enter"));

        Assert.Equal("traces ", Editor(terminal).ReadLine("> "));
    }

    [Fact]
    public void Control_C_gives_up_the_line_and_not_the_shell()
    {
        FakeTerminal terminal = Terminal(40, "top", "^C", "tree", "Enter");
        LineEditor editor = Editor(terminal);

        Assert.Equal("", editor.ReadLine("> "));
        Assert.Equal("tree", editor.ReadLine("> "));
        Assert.Equal("> top^C\n> tree", terminal.Screen);
    }

    [Fact]
    public void Control_D_on_an_empty_line_leaves() => Assert.Null(Editor(Terminal(40, "^D")).ReadLine("> "));

    [Fact]
    public void A_terminal_that_went_away_ends_the_lines() => Assert.Null(Editor(Terminal(40, "top")).ReadLine("> "));

    [Fact]
    public void The_terminal_is_its_own_again_between_lines()
    {
        FakeTerminal terminal = Terminal(40, "top", "Enter");

        Editor(terminal).ReadLine("> ");

        Assert.False(terminal.IsTakingKeys);
    }

    [Fact]
    public void Control_L_clears_the_screen_and_keeps_the_line()
    {
        FakeTerminal terminal = Terminal(40, "old", "Enter", "top", "^L");
        LineEditor editor = Editor(terminal);
        editor.ReadLine("> ");

        editor.ReadLine("> ");

        Assert.Equal("> top", terminal.Screen);
    }

    [Theory]
    [InlineData("tree", "Up")]
    [InlineData("top", "Up", "Up")]
    [InlineData("top", "Up", "Up", "Up")]
    [InlineData("tree", "^P", "^P", "^N")]
    [InlineData("draft", "draft", "Up", "Up", "Down", "Down", "Down")]
    public void Earlier_lines_come_back_and_the_one_begun_is_not_lost(string line, params string[] keys) =>
        Assert.Equal(line, Type(History("top", "tree"), keys));

    [Theory]
    [InlineData("peek b", "^R", "peek")]
    [InlineData("peek a", "^R", "peek", "^R")]
    [InlineData("peek a", "^R", "peek", "^R", "^R")]
    [InlineData("tree", "^R", "PEEX", "Backspace", "Backspace", "Backspace", "Backspace", "tr")]
    [InlineData("peek bX", "^R", "peek", "End", "X")]
    [InlineData("draft", "draft", "^R", "peek", "^G")]
    public void Earlier_lines_are_found_by_a_part_of_them(string line, params string[] keys) =>
        Assert.Equal(line, Type(History("tree", "peek a", "peek b"), keys));

    [Fact]
    public void A_search_says_when_nothing_is_there()
    {
        FakeTerminal terminal = Terminal(60, "^R", "zzz");

        Editor(terminal, History("top")).ReadLine("> ");

        Assert.Equal("(no earlier line with `zzz'):", terminal.Screen);
    }

    [Theory]
    [InlineData("traces ", "tra", "Tab")]
    [InlineData("to", "t", "Tab", "o")]
    [InlineData("x", "x", "Tab")]
    [InlineData("traces >f", "tra>f", "Left", "Left", "Tab")]
    public void Tab_goes_on_as_far_as_there_is_one_way(string line, params string[] keys) => Assert.Equal(line, Type(keys));

    [Fact]
    public void Tab_shows_the_ways_there_are_and_the_line_again()
    {
        FakeTerminal terminal = Terminal(30, "t", "Tab");

        Editor(terminal).ReadLine("> ");

        Assert.Equal("> t\ntop     traces  tree\n> t", terminal.Screen);
    }

    [Fact]
    public void Of_very_many_ways_only_the_first_are_shown()
    {
        FakeTerminal terminal = Terminal(30, "f", "Tab");
        var many = new FixedCompleter([.. Enumerable.Range(0, 1000).Select(i => $"f{i:d20}")]);

        new LineEditor(terminal, new LineHistory(), many).ReadLine("> ");

        // The common start is typed first; asked again, they are listed.
        Assert.Equal($"> f{new string('0', 17)}", terminal.Screen);

        FakeTerminal again = Terminal(30, "f", "Tab", "Tab");
        new LineEditor(again, new LineHistory(), many).ReadLine("> ");
        Assert.Contains("… and 940 more", again.Screen, StringComparison.Ordinal);
    }

    private static string? Type(params string[] keys) => Type(new LineHistory(), keys);

    private static string? Type(LineHistory history, params string[] keys) =>
        Editor(Terminal(60, [.. keys, "Enter"]), history).ReadLine("> ");

    private static FakeTerminal Terminal(int width, params string[] keys) => new(width, FakeTerminal.Slowly(Keys.Of(keys)));

    private static LineEditor Editor(FakeTerminal terminal, LineHistory? history = null) =>
        new(terminal, history ?? new LineHistory(), new FixedCompleter("top", "traces", "tree"));

    private static LineHistory History(params string[] lines)
    {
        var history = new LineHistory();
        foreach (string line in lines)
            history.Add(line);

        return history;
    }

    private sealed class FixedCompleter(params string[] words) : ICompleter
    {
        public Completion Complete(string line) => new(0, [.. words.Where(word => word.StartsWith(line, StringComparison.Ordinal))]);
    }
}
