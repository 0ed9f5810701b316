using System.Text;

namespace Plumb.Cli.Pprof.Shell.Editing;

/// <summary>Lets a person type a line, with the keys that shells have taught them: those of readline's Emacs mode.</summary>
internal sealed class LineEditor : ILineInput
{
    private readonly ITerminal _terminal;
    private readonly LineHistory _history;
    private readonly ICompleter _completer;
    private readonly LineDisplay _display;
    private readonly EditBuffer _buffer = new();

    private string _prompt = "";
    private int _historyIndex;
    private string _draft = "";
    private ConsoleKeyInfo? _readAhead;

    public LineEditor(ITerminal terminal, LineHistory history, ICompleter completer)
    {
        _terminal = terminal;
        _history = history;
        _completer = completer;
        _display = new LineDisplay(terminal);
    }

    private enum Step
    {
        Edit,
        Accept,
        Abandon,
        Leave,
        Gone,
    }

    public string? ReadLine(string prompt)
    {
        _prompt = prompt;
        _buffer.Set("");
        _historyIndex = _history.Count;
        _display.Begin();
        Draw();
        using IDisposable keys = _terminal.TakeKeys();
        while (NextKey() is { } key)
        {
            switch (Handle(key))
            {
                case Step.Accept:
                    _display.End(_prompt, _buffer.Text);
                    _history.Add(_buffer.Text.TrimEnd());
                    return _buffer.Text;
                case Step.Abandon:
                    _display.End(_prompt, _buffer.Text, "^C");
                    return "";
                case Step.Leave:
                    _display.End(_prompt, "");
                    return null;
                case Step.Gone:
                    return null;
                default:
                    // A pasted line is drawn once, not once for each of its characters; half a character never.
                    if (!_terminal.HasKey && _readAhead is null && !char.IsHighSurrogate(key.KeyChar))
                        Draw();

                    break;
            }
        }

        return null;
    }

    private ConsoleKeyInfo? NextKey()
    {
        ConsoleKeyInfo? key = _readAhead ?? _terminal.ReadKey();
        _readAhead = null;
        return key;
    }

    private Step Handle(ConsoleKeyInfo key)
    {
        if (key.KeyChar is '\r' or '\n' || key.Key == ConsoleKey.Enter)
            return Step.Accept;

        if (key.Modifiers.HasFlag(ConsoleModifiers.Control))
            return HandleControl(key);

        if (key.Modifiers.HasFlag(ConsoleModifiers.Alt))
            HandleAlt(key.Key);
        else
            HandlePlain(key);

        return Step.Edit;
    }

    private Step HandleControl(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.C:
                return Step.Abandon;
            case ConsoleKey.D when _buffer.Text.Length == 0:
                return Step.Leave;
            case ConsoleKey.R:
                return Search();
            case ConsoleKey.L:
                _display.Clear();
                break;
            default:
                ControlAction(key.Key)?.Invoke();
                break;
        }

        return Step.Edit;
    }

    private Action? ControlAction(ConsoleKey key) => key switch
    {
        ConsoleKey.A => _buffer.MoveHome,
        ConsoleKey.B => _buffer.MoveLeft,
        ConsoleKey.D => _buffer.DeleteRight,
        ConsoleKey.E => _buffer.MoveEnd,
        ConsoleKey.F => _buffer.MoveRight,
        ConsoleKey.H => _buffer.DeleteLeft,
        ConsoleKey.Backspace => _buffer.CutWordLeft,
        ConsoleKey.I => Complete,
        ConsoleKey.K => _buffer.CutToEnd,
        ConsoleKey.N => Younger,
        ConsoleKey.P => Older,
        ConsoleKey.U => _buffer.CutToStart,
        ConsoleKey.W => _buffer.CutBlankWordLeft,
        ConsoleKey.Y => _buffer.PutBack,
        ConsoleKey.LeftArrow => _buffer.MoveWordLeft,
        ConsoleKey.RightArrow => _buffer.MoveWordRight,
        _ => null,
    };

    private void HandleAlt(ConsoleKey key)
    {
        Action? action = key switch
        {
            ConsoleKey.B or ConsoleKey.LeftArrow => _buffer.MoveWordLeft,
            ConsoleKey.F or ConsoleKey.RightArrow => _buffer.MoveWordRight,
            ConsoleKey.D => _buffer.CutWordRight,
            ConsoleKey.Backspace => _buffer.CutWordLeft,
            _ => null,
        };
        action?.Invoke();
    }

    private void HandlePlain(ConsoleKeyInfo key)
    {
        Action? action = key.Key switch
        {
            ConsoleKey.LeftArrow => _buffer.MoveLeft,
            ConsoleKey.RightArrow => _buffer.MoveRight,
            ConsoleKey.Home => _buffer.MoveHome,
            ConsoleKey.End => _buffer.MoveEnd,
            ConsoleKey.Backspace => _buffer.DeleteLeft,
            ConsoleKey.Delete => _buffer.DeleteRight,
            ConsoleKey.UpArrow => Older,
            ConsoleKey.DownArrow => Younger,
            ConsoleKey.Tab => Complete,
            _ => null,
        };
        if (action is not null)
            action();
        else if (!char.IsControl(key.KeyChar))
            _buffer.Insert(key.KeyChar.ToString());
    }

    private void Older()
    {
        if (_historyIndex == 0)
            return;

        if (_historyIndex == _history.Count)
            _draft = _buffer.Text;

        _buffer.Set(_history[--_historyIndex]);
    }

    private void Younger()
    {
        if (_historyIndex == _history.Count)
            return;

        _historyIndex++;
        _buffer.Set(_historyIndex == _history.Count ? _draft : _history[_historyIndex]);
    }

    private void Complete()
    {
        // A tab in pasted text is a blank, not a question: it comes at once with what stands behind it.
        if (_terminal.HasKey && (_readAhead = _terminal.ReadKey()) is { } next && !char.IsControl(next.KeyChar))
        {
            _buffer.Insert(" ");
            return;
        }

        string before = _buffer.Text[.._buffer.Cursor];
        Completion completion = _completer.Complete(before);
        if (completion.Candidates.IsEmpty)
            return;

        string word = before[completion.Start..];
        string replacement = completion.Candidates is [string only] ? only + completion.Ending : CommonStart(completion.Candidates);
        if (completion.Candidates.Length > 1 && (replacement.Length <= word.Length || !replacement.StartsWith(word, StringComparison.OrdinalIgnoreCase)))
            Offer(completion);
        else
            _buffer.Set(before[..completion.Start] + replacement + _buffer.Text[_buffer.Cursor..], completion.Start + replacement.Length);
    }

    private void Offer(Completion completion)
    {
        _display.End(_prompt, _buffer.Text);
        _terminal.Write(CandidateColumns.Format(completion.Candidates, _terminal.Width));
    }

    private static string CommonStart(IReadOnlyList<string> candidates)
    {
        int length = candidates.Min(candidate => candidates[0].AsSpan().CommonPrefixLength(candidate));
        return candidates[0][..length];
    }

    // Looks for earlier lines as they are typed. Any key that does something else takes the line that was found with it.
    private Step Search()
    {
        string before = _buffer.Text;
        var wanted = new StringBuilder();
        int found = _history.Count;
        bool isMissing = false;
        while (true)
        {
            _display.Draw($"({(isMissing ? "no " : "")}earlier line with `{wanted}'): ", _buffer.Text, _buffer.Cursor);
            if (NextKey() is not { } key)
                return Step.Gone;

            bool isControl = key.Modifiers.HasFlag(ConsoleModifiers.Control);
            bool isNext = isControl && key.Key == ConsoleKey.R;
            if (isControl && key.Key is ConsoleKey.G or ConsoleKey.C)
            {
                _buffer.Set(before);
                return Step.Edit;
            }

            if (key.Key == ConsoleKey.Escape)
                return Step.Edit;

            if (key.Key == ConsoleKey.Backspace && wanted.Length > 0)
                wanted.Length--;
            else if (!isControl && !char.IsControl(key.KeyChar))
                wanted.Append(key.KeyChar);
            else if (!isNext)
                return Handle(key);

            int earlier = wanted.Length == 0 ? -1 : _history.FindBefore(isNext ? found : _history.Count, wanted.ToString());
            isMissing = earlier < 0 && wanted.Length > 0;
            if (earlier >= 0)
            {
                found = _historyIndex = earlier;
                _buffer.Set(_history[earlier]);
            }
        }
    }

    private void Draw() => _display.Draw(_prompt, _buffer.Text, _buffer.Cursor);
}
