using System.Text;

namespace Plumb.Collectors.Loading.Requests;

/// <summary>Splits text into words as a POSIX shell would, and runs nothing: quotes and escapes mean what they mean in bash, and what a
/// shell would expand or execute is refused.</summary>
internal sealed class ShellWords
{
    private const string Remedy = "Write the value itself: Plumb reads the command as data and runs no shell. Single quotes keep any character as it is.";

    private readonly string _text;
    private int _at;
    private int _line = 1;

    private ShellWords(string text) => _text = text;

    /// <summary>The words of each command; commands end with a line, unless a backslash or a quote carries them on.</summary>
    /// <exception cref="RequestFormatException">A quote is left open, or a shell would do more than split the words.</exception>
    public static IReadOnlyList<ShellCommand> Split(string text) => new ShellWords(text).Split();

    private List<ShellCommand> Split()
    {
        List<ShellCommand> commands = [];
        List<string> words = [];
        int line = 1;
        while (_at < _text.Length)
        {
            char next = _text[_at];
            if (next is '\n' or ';')
            {
                End(commands, words, line);
                words = [];
                Take();
            }
            else if (next == '\\' && IsEndOfLine(_at + 1))
            {
                SkipEscapedEnd();
            }
            else if (char.IsWhiteSpace(next))
            {
                Take();
            }
            else if (next == '#')
            {
                SkipComment();
            }
            else
            {
                line = words.Count == 0 ? _line : line;
                words.Add(Word());
            }
        }

        End(commands, words, line);
        return commands;
    }

    private static void End(List<ShellCommand> commands, List<string> words, int line)
    {
        if (words.Count > 0)
        {
            commands.Add(new ShellCommand(line, words));
        }
    }

    private string Word()
    {
        var word = new StringBuilder();
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] != ';')
        {
            switch (_text[_at])
            {
                case '\'':
                    SingleQuoted(word);
                    break;
                case '"':
                    DoubleQuoted(word);
                    break;
                case '$' when Peek(1) == '\'':
                    AnsiQuoted(word);
                    break;
                case '\\' when IsEndOfLine(_at + 1):
                    SkipEscapedEnd();
                    break;
                case '\\':
                    Take();
                    word.Append(Take());
                    break;
                // An unquoted & in an address is what people forget to quote; a shell would start a job.
                case '$' or '`' or '|' or '<' or '>' or '&' or '(' or ')':
                    throw Refuse($"'{_text[_at]}' stands outside of quotes, where a shell would act on it");
                default:
                    word.Append(Take());
                    break;
            }
        }

        return word.ToString();
    }

    private void SingleQuoted(StringBuilder word)
    {
        int opened = _line;
        Take();
        while (Next(opened) is not '\'' and var next)
        {
            word.Append(next);
        }
    }

    private void DoubleQuoted(StringBuilder word)
    {
        int opened = _line;
        Take();
        while (Next(opened) is not '"' and var next)
        {
            if (next is '`' || (next == '$' && (char.IsAsciiLetter(Peek(0)) || Peek(0) is '(' or '{' or '_')))
            {
                throw Refuse($"'{next}' in double quotes would be expanded by a shell");
            }

            if (next == '\\' && Peek(0) is '"' or '\\' or '$' or '`')
            {
                next = Take();
            }
            else if (next == '\\' && IsEndOfLine(_at))
            {
                SkipEnd();
                continue;
            }

            word.Append(next);
        }
    }

    // $'…' is what browsers write for bodies with control characters.
    private void AnsiQuoted(StringBuilder word)
    {
        int opened = _line;
        Take();
        Take();
        while (Next(opened) is not '\'' and var next)
        {
            word.Append(next == '\\' ? AnsiEscape(opened) : next.ToString());
        }
    }

    private string AnsiEscape(int opened) => Next(opened) switch
    {
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'x' => Hex(2),
        'u' => Hex(4),
        'U' => Hex(8),
        var other => other.ToString(),
    };

    private string Hex(int most)
    {
        int digits = 0;
        while (digits < most && char.IsAsciiHexDigit(Peek(digits)))
        {
            digits++;
        }

        bool valid = Rune.TryCreate(digits == 0 ? uint.MaxValue : Convert.ToUInt32(_text.Substring(_at, digits), 16), out Rune rune);
        _at += digits;
        return valid ? rune.ToString() : throw Refuse("an escape names no character");
    }

    private char Next(int opened) => _at < _text.Length
        ? Take()
        : throw new RequestFormatException($"line {opened}", "a quote is opened here and never closed", "Close the quote, or escape it as '\\'' if it belongs to the text.");

    private char Take()
    {
        if (_at == _text.Length)
        {
            throw Refuse("the text ends behind a backslash");
        }

        char taken = _text[_at++];
        _line += taken == '\n' ? 1 : 0;
        return taken;
    }

    private char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private bool IsEndOfLine(int at) => at < _text.Length && (_text[at] == '\n' || (_text[at] == '\r' && at + 1 < _text.Length && _text[at + 1] == '\n'));

    private void SkipEscapedEnd()
    {
        Take();
        SkipEnd();
    }

    private void SkipEnd()
    {
        while (Take() != '\n')
        {
        }
    }

    private void SkipComment()
    {
        while (_at < _text.Length && _text[_at] != '\n')
        {
            Take();
        }
    }

    private RequestFormatException Refuse(string problem) => new($"line {_line}", problem, Remedy);
}
