using System.Collections.Immutable;
using Plumb.Cli.Pprof.Shell.Editing;
using Plumb.Profiles;
using Plumb.Profiles.Units;
using Plumb.Reports;
using Plumb.Reports.Options;

namespace Plumb.Cli.Pprof.Shell;

/// <summary>Knows how a line of the shell may go on: commands, options, what they take, and the functions of the profile.</summary>
internal sealed class ShellCompleter : ICompleter
{
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly Profile _profile;
    private readonly ImmutableArray<string> _firstWords;
    private readonly ImmutableArray<string> _topics;
    private readonly Lazy<string[]> _functions;
    private readonly Lazy<string[]> _labels;

    /// <param name="shortcuts">Lines that stand for others.</param>
    public ShellCompleter(Profile profile, IEnumerable<string> shortcuts)
    {
        _profile = profile;
        string[] commands = [.. PprofCommand.All.Select(command => command.Name), .. OptionTable.Choices.Keys];
        IEnumerable<string> options = OptionTable.All.Select(option => option.Kind == OptionKind.Flag ? option.Name : $"{option.Name}=");
        _firstWords = Sorted([.. commands, .. options, .. shortcuts, "help", "options", "quit", "exit"]);
        _topics = Sorted([.. commands, .. OptionTable.All.Select(option => option.Name)]);
        _functions = new Lazy<string[]>(FunctionNames);
        _labels = new Lazy<string[]>(LabelKeys);
    }

    public Completion Complete(string line)
    {
        int equals = line.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && OptionTable.Find(line[..equals].Trim()) is { } option)
            return Value(option, line, SkipBlanks(line, equals + 1));

        int start = line.LastIndexOfAny(Blanks) + 1;
        string word = line[start..];
        return line[..start].Split(Blanks, StringSplitOptions.RemoveEmptyEntries) switch
        {
            [] => Beginning(_firstWords, start, word),
            ["help"] => Beginning(_topics, start, word),
            [string command, ..] when TakesNames(command) => Argument(start, word),
            _ => None(start),
        };
    }

    private Completion Value(Option option, string line, int start)
    {
        string text = line[start..];
        switch (option.Name)
        {
            case "focus" or "ignore" or "hide" or "show" or "show_from" or "prune_from":
                return Function(start, text);
            case "tagfocus" or "tagignore":
                return Beginning([.. _labels.Value.Select(key => $"{key}=")], start, text);
            case "tagshow" or "taghide":
                return Beginning([.. _labels.Value], start, text);
            case "tagroot" or "tagleaf":
                int last = line.LastIndexOf(',') + 1;
                return Beginning([.. _labels.Value], Math.Max(start, last), line[Math.Max(start, last)..]) with { Ending = "" };
            case "sample_index":
                return Beginning([.. _profile.SampleTypes.Select(type => type.Type).Where(IsHarmless)], start, text);
            case "unit":
                return Beginning(Units(), start, text);
            default:
                ImmutableArray<string> values = option.Kind == OptionKind.Flag ? ["false", "true"] : [.. option.Choices.Select(choice => choice.Name)];
                return Beginning(values, start, text);
        }
    }

    private Completion Argument(int start, string word)
    {
        if (!word.StartsWith('-'))
            return word.StartsWith('>') ? None(start) : Function(start, word);

        Completion switches = Beginning(["-cum", "-json"], start, word);
        return switches.Candidates.IsEmpty || word.Length == 1 ? Function(start + 1, word[1..], switches.Candidates) : switches;
    }

    // People remember the end of a name, so any part of it will do; but what begins as typed goes first.
    private Completion Function(int start, string word, ImmutableArray<string> others = default)
    {
        if (word.Length == 0 && !others.IsDefaultOrEmpty)
            return new Completion(start - 1, others);

        Func<string, bool>[] ways =
        [
            name => name.StartsWith(word, StringComparison.Ordinal),
            name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase),
            name => name.Contains(word, StringComparison.OrdinalIgnoreCase),
        ];
        ImmutableArray<string>[] found = [.. ways.Select(isMatch => (ImmutableArray<string>)[.. _functions.Value.Where(isMatch)])];
        return new Completion(start, Array.Find(found, names => !names.IsEmpty) is { IsDefault: false } names ? names : []);
    }

    private static Completion Beginning(ImmutableArray<string> all, int start, string word)
    {
        ImmutableArray<string> candidates = [.. all.Where(text => text.StartsWith(word, StringComparison.OrdinalIgnoreCase))];
        return new Completion(start, candidates) { Ending = candidates is [string only] && only.EndsWith('=') ? "" : " " };
    }

    private static Completion None(int start) => new(start, []);

    // tags takes labels, and what prints the whole profile takes nothing.
    private static bool TakesNames(string command)
    {
        PprofCommand? found = PprofCommand.Find(command) ?? PprofCommand.Find(command.TrimEnd("0123456789".ToCharArray()));
        return found is { Format: not (ReportFormat.Tags or ReportFormat.Comments) };
    }

    private static int SkipBlanks(string line, int start)
    {
        while (start < line.Length && line[start] == ' ')
            start++;

        return start;
    }

    private ImmutableArray<string> Units()
    {
        IEnumerable<string> own = _profile.SampleTypes
            .Select(type => UnitFamily.TryFind(type.Unit, out UnitFamily? family, out _) ? family : null)
            .OfType<UnitFamily>()
            .Distinct()
            .SelectMany(family => family.Units.Select(unit => unit.Symbol));
        return [UnitScale.Minimum, UnitScale.Auto, .. own];
    }

    private string[] FunctionNames()
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (FunctionRow row in _profile.Functions.Rows)
        {
            string name = _profile.Strings[row.Name];
            if (name.Length > 0 && IsHarmless(name))
                names.Add(PatternText.For(name));
        }

        return [.. names];
    }

    private string[] LabelKeys()
    {
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < _profile.LabelSets.Count; i++)
        {
            foreach (Label label in _profile.LabelSets[new LabelSetId(i)])
                keys.Add(_profile.Strings[label.Key]);
        }

        return [.. keys.Where(IsHarmless)];
    }

    // What is completed is written to the terminal as it is.
    private static bool IsHarmless(string text) => ReferenceEquals(TerminalText.Escape(text), text);

    private static ImmutableArray<string> Sorted(IEnumerable<string> texts) => [.. texts.Where(IsHarmless).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
