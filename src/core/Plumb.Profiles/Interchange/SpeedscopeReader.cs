using System.Text.Json;

namespace Plumb.Profiles.Interchange;

/// <summary>
/// Reads a speedscope file. Its profiles (threads, as a rule) are told apart by the label <c>profile</c>. Equal stacks of one are added up:
/// a profile here has no time axis. Times become nanoseconds. Frames may be listed before or after the profiles that use them.
/// </summary>
internal sealed class SpeedscopeReader(JsonTokens json, ProfileLimits limits)
{
    private readonly record struct Frame(string Name, string File, long Line, long Column);

    private readonly List<Frame> _frames = [];
    private readonly SpeedscopeSamples _samples = new(json, limits);
    private bool _hasFrames;
    private bool _hasProfiles;

    public Profile Read()
    {
        json.Expect(JsonTokenType.StartObject);
        while (json.NextProperty())
        {
            if (json.Text == "shared")
                ReadShared();
            else if (json.Text == "profiles")
                ReadProfiles();
            else
                json.SkipValue();
        }

        if (!_hasFrames || !_hasProfiles)
            throw json.Fault("JSON, but not of speedscope: expected the properties 'shared' with 'frames', and 'profiles'");

        return Build();
    }

    private void ReadShared()
    {
        json.Expect(JsonTokenType.StartObject);
        while (json.NextProperty())
        {
            if (json.Text == "frames")
                ReadFrames();
            else
                json.SkipValue();
        }
    }

    private void ReadFrames()
    {
        _hasFrames = true;
        json.Expect(JsonTokenType.StartArray);
        while (json.NextElement())
        {
            if (_frames.Count >= limits.MaxFunctions)
                throw json.Fault($"more than the {limits.MaxFunctions} frames that are accepted");

            json.MustBe(JsonTokenType.StartObject);
            _frames.Add(ReadFrame());
        }
    }

    private Frame ReadFrame()
    {
        var frame = new Frame("", "", 0, 0);
        while (json.NextProperty())
        {
            switch (json.Text)
            {
                case "name":
                    frame = frame with { Name = json.TextOrEmpty() };
                    break;
                case "file":
                    frame = frame with { File = json.TextOrEmpty() };
                    break;
                case "line":
                    frame = frame with { Line = (long)json.NumberOrZero() };
                    break;
                case "col":
                    frame = frame with { Column = (long)json.NumberOrZero() };
                    break;
                default:
                    json.SkipValue();
                    break;
            }
        }

        return frame;
    }

    private void ReadProfiles()
    {
        _hasProfiles = true;
        json.Expect(JsonTokenType.StartArray);
        while (json.NextElement())
        {
            json.MustBe(JsonTokenType.StartObject);
            _samples.ReadProfile();
        }
    }

    private Profile Build()
    {
        var builder = new ProfileBuilder(new ProfileHeader { SampleTypes = [.. _samples.Types] }, limits.MaxStackEntries);
        var locations = new LocationId[_frames.Count];
        for (int i = 0; i < locations.Length; i++)
        {
            Frame frame = _frames[i];
            locations[i] = builder.Location(0, MappingId.None, [new Line(builder.Function(frame.Name, frame.File), frame.Line, frame.Column)]);
        }

        var values = new long[_samples.Types.Count];
        foreach (SpeedscopeRow row in _samples.Rows)
        {
            Array.Clear(values);
            values[row.Column] = row.Value;
            Label name = Label.OfText(builder.String("profile"), builder.String(row.Profile));
            builder.AddSample(builder.Stack(LeafFirst(_samples.Stack(row.Stack), locations)), values, builder.LabelSet(name));
        }

        return builder.Build();
    }

    private LocationId[] LeafFirst(ReadOnlySpan<int> rootFirst, LocationId[] locations)
    {
        var stack = new LocationId[rootFirst.Length];
        for (int i = 0; i < stack.Length; i++)
        {
            int frame = rootFirst[i];
            stack[^(i + 1)] = frame < locations.Length ? locations[frame] : throw json.Fault($"frame {frame} is used, but there are {locations.Length}");
        }

        return stack;
    }
}
