using System.Runtime.InteropServices;
using System.Text.Json;
using Plumb.Profiles.Building;

namespace Plumb.Profiles.Interchange;

/// <summary>
/// The samples of all profiles of a speedscope file. A sampled profile has its stacks and, apart from them, their weights; an evented one
/// opens and closes frames at a time, so that a stack weighs as long as it stood.
/// </summary>
internal sealed class SpeedscopeSamples(JsonTokens json, ProfileLimits limits)
{
    // Frames as the file numbers them, root first.
    private readonly SequenceInterner<int> _stacks = new("stacks", limits.MaxStackEntries);
    private readonly List<SampleType> _types = [];
    private readonly List<SpeedscopeRow> _rows = [];

    // Of the profile at hand.
    private readonly Dictionary<int, double> _weightsByStack = [];
    private Column<int> _sampled = new(64);
    private Column<double> _weights = new(64);
    private Column<int> _open = new(64);
    private double _at;

    public List<SampleType> Types => _types;

    public List<SpeedscopeRow> Rows => _rows;

    public ReadOnlySpan<int> Stack(int row) => _stacks[row];

    /// <summary>Reads a profile from behind its brace.</summary>
    public void ReadProfile()
    {
        string name = "", unit = "none";
        double? start = null, end = null;
        Clear();
        while (json.NextProperty())
        {
            switch (json.Text)
            {
                case "name":
                    name = json.TextOrEmpty();
                    break;
                case "unit":
                    unit = json.TextOrEmpty();
                    break;
                case "startValue":
                    start = json.NumberOrZero();
                    break;
                case "endValue":
                    end = json.NumberOrZero();
                    break;
                case "samples":
                    ReadSamples();
                    break;
                case "weights":
                    ReadWeights();
                    break;
                case "events":
                    ReadEvents(start ?? double.NegativeInfinity);
                    break;
                default:
                    json.SkipValue();
                    break;
            }
        }

        AddSampled();
        // A writer that stopped in the middle left frames open; they stood until the end.
        if (_open.Count > 0 && end is { } last)
            MoveTo(last);

        AddRows(name, unit);
    }

    private void Clear()
    {
        _weightsByStack.Clear();
        _sampled.Clear();
        _weights.Clear();
        _open.Clear();
        _at = double.NegativeInfinity;
    }

    private void ReadSamples()
    {
        json.Expect(JsonTokenType.StartArray);
        var stack = new Column<int>(64);
        while (json.NextElement())
        {
            json.MustBe(JsonTokenType.StartArray);
            stack.Clear();
            while (json.NextElement())
                Push(ref stack, Frame());

            Limit(_sampled.Count);
            _sampled.Add(_stacks.Intern(stack.Span));
        }
    }

    private void ReadWeights()
    {
        json.Expect(JsonTokenType.StartArray);
        while (json.NextElement())
        {
            json.MustBe(JsonTokenType.Number);
            Limit(_weights.Count);
            _weights.Add(json.Number);
        }
    }

    private void AddSampled()
    {
        if (_sampled.Count != _weights.Count)
            throw json.Fault($"{_sampled.Count} samples, but {_weights.Count} weights");

        for (int i = 0; i < _sampled.Count; i++)
            AddWeight(_sampled[i], _weights[i]);
    }

    private void ReadEvents(double start)
    {
        _at = start;
        json.Expect(JsonTokenType.StartArray);
        while (json.NextElement())
        {
            json.MustBe(JsonTokenType.StartObject);
            ReadEvent();
        }
    }

    private void ReadEvent()
    {
        string type = "";
        int frame = -1;
        double at = 0;
        while (json.NextProperty())
        {
            switch (json.Text)
            {
                case "type":
                    type = json.TextOrEmpty();
                    break;
                case "frame":
                    json.Expect(JsonTokenType.Number);
                    frame = Frame();
                    break;
                case "at":
                    at = json.NumberOrZero();
                    break;
                default:
                    json.SkipValue();
                    break;
            }
        }

        if (at < _at)
            throw json.Fault($"an event at {at} stands behind one at {_at}");

        MoveTo(at);
        Apply(type, frame);
    }

    private void Apply(string type, int frame)
    {
        if (type == "O" && frame >= 0)
            Push(ref _open, frame);
        else if (type == "C" && _open.Count > 0 && _open[_open.Count - 1] == frame)
            _open.RemoveLast();
        else
            throw json.Fault($"expected an event that opens a frame, or closes the last one opened, found '{TerminalText.Escape(type)}' of frame {frame}");
    }

    private void MoveTo(double at)
    {
        if (_open.Count > 0 && at > _at)
            AddWeight(_stacks.Intern(_open.Span), at - _at);

        _at = at;
    }

    private void AddWeight(int stack, double weight) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_weightsByStack, stack, out _) += weight;

    private void AddRows(string name, string unit)
    {
        (SampleType type, double factor) = Measured(unit);
        int column = _types.IndexOf(type);
        if (column < 0)
        {
            column = _types.Count;
            _types.Add(type);
        }

        foreach ((int stack, double weight) in _weightsByStack)
        {
            Limit(_rows.Count);
            _rows.Add(new SpeedscopeRow(stack, name, column, (long)Math.Round(weight * factor)));
        }
    }

    private static (SampleType Type, double Factor) Measured(string unit)
    {
        var time = new SampleType("time", "nanoseconds");
        return unit switch
        {
            "nanoseconds" => (time, 1),
            "microseconds" => (time, 1e3),
            "milliseconds" => (time, 1e6),
            "seconds" => (time, 1e9),
            "bytes" => (new SampleType("space", "bytes"), 1),
            _ => (SampleType.Samples, 1),
        };
    }

    private void Push(ref Column<int> stack, int frame)
    {
        if (stack.Count >= limits.MaxStackDepth)
            throw json.Fault($"a stack of more than the {limits.MaxStackDepth} frames that are accepted");

        stack.Add(frame);
    }

    private int Frame()
    {
        json.MustBe(JsonTokenType.Number);
        return json.Number is >= 0 and <= int.MaxValue ? (int)json.Number : throw json.Fault($"expected the number of a frame, found {json.Number}");
    }

    private void Limit(int count)
    {
        if (count >= limits.MaxSamples)
            throw json.Fault($"more than the {limits.MaxSamples} samples that are accepted");
    }
}
