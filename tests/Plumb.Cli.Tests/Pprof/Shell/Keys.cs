namespace Plumb.Cli.Tests.Pprof.Shell;

/// <summary>What the runtime reports for keys that are pressed: <c>Keys.Of("top", "Enter", "^A", "M-b")</c>.</summary>
internal static class Keys
{
    public static ConsoleKeyInfo[] Of(params string[] words) => [.. words.SelectMany(Word)];

    private static IEnumerable<ConsoleKeyInfo> Word(string word) => word switch
    {
        "Enter" => [new('\r', ConsoleKey.Enter, false, false, false)],
        "Tab" => [new('\t', ConsoleKey.Tab, false, false, false)],
        "Esc" => [new('\e', ConsoleKey.Escape, false, false, false)],
        "Backspace" => [new('\x7f', ConsoleKey.Backspace, false, false, false)],
        "Left" => [Plain(ConsoleKey.LeftArrow)],
        "Right" => [Plain(ConsoleKey.RightArrow)],
        "Up" => [Plain(ConsoleKey.UpArrow)],
        "Down" => [Plain(ConsoleKey.DownArrow)],
        "Home" => [Plain(ConsoleKey.Home)],
        "End" => [Plain(ConsoleKey.End)],
        "Delete" => [Plain(ConsoleKey.Delete)],
        "F5" => [Plain(ConsoleKey.F5)],
        "C-Left" => [new('\0', ConsoleKey.LeftArrow, false, false, true)],
        "C-Right" => [new('\0', ConsoleKey.RightArrow, false, false, true)],
        ['^', char letter] => [new((char)(letter - '@'), Enum.Parse<ConsoleKey>(letter.ToString()), false, false, true)],
        ['M', '-', char letter] => [new(letter, Enum.Parse<ConsoleKey>(char.ToUpperInvariant(letter).ToString()), false, true, false)],
        _ => word.Select(c => new ConsoleKeyInfo(c, default, false, false, false)),
    };

    private static ConsoleKeyInfo Plain(ConsoleKey key) => new('\0', key, false, false, false);
}
