using System.Text;

namespace Plumb.Profiles.Proto;

/// <summary>Encodes one Profile message, field by field in the order of their numbers.</summary>
internal sealed class MessageEncoder
{
    private const int FlushBytes = 64 << 10;

    private readonly Profile _profile;
    private readonly Stream _target;
    private readonly ProtoWriter _output = new();
    private readonly ProtoWriter _message = new();
    private readonly ProtoWriter _inner = new();

    // The tables' own texts keep their rows; those of the header and the mappings follow after them.
    private readonly List<string> _addedTexts = [];
    private readonly Dictionary<string, int> _addedPlaces = [];

    public MessageEncoder(Profile profile, Stream target)
    {
        _profile = profile;
        _target = target;
    }

    public void Write()
    {
        foreach (SampleType type in _profile.SampleTypes)
            ValueType(ProfileField.SampleType, type);

        Samples();
        Mappings();
        Locations();
        Functions();
        ProfileHeader header = _profile.Header;
        int dropFrames = Place(header.DropFrames), keepFrames = Place(header.KeepFrames);
        int defaultSampleType = Place(header.DefaultSampleType), docUrl = Place(header.DocUrl);
        int[] comments = [.. header.Comments.Select(Place)];
        (int, int)? periodType = header.PeriodType is { } period ? (Place(period.Type), Place(period.Unit)) : null;

        Strings();
        _output.Number(ProfileField.DropFrames, dropFrames);
        _output.Number(ProfileField.KeepFrames, keepFrames);
        _output.Number(ProfileField.TimeNanos, header.TimeNanos);
        _output.Number(ProfileField.DurationNanos, header.DurationNanos);
        if (periodType is { } places)
            ValueType(ProfileField.PeriodType, places.Item1, places.Item2);

        _output.Number(ProfileField.Period, header.Period);
        Comments(comments);
        _output.Number(ProfileField.DefaultSampleType, defaultSampleType);
        _output.Number(ProfileField.DocUrl, docUrl);
        Flush();
    }

    private void Samples()
    {
        for (int i = 0; i < _profile.Samples.Count; i++)
        {
            Sample sample = _profile.Sample(i);
            _message.Clear();
            Packed(SampleField.LocationId, sample.Stack);
            Packed(SampleField.Value, sample.Values);
            foreach (Label label in sample.Labels)
                WriteLabel(label);

            Emit(ProfileField.Sample);
        }
    }

    private void Packed(int field, ReadOnlySpan<LocationId> stack)
    {
        if (stack.IsEmpty)
            return;

        _inner.Clear();
        foreach (LocationId id in stack)
            _inner.Varint((ulong)id.Index + 1);

        _message.Message(field, _inner);
    }

    private void Packed(int field, ReadOnlySpan<long> values)
    {
        if (values.IsEmpty)
            return;

        _inner.Clear();
        foreach (long value in values)
            _inner.Varint((ulong)value);

        _message.Message(field, _inner);
    }

    private void WriteLabel(Label label)
    {
        _inner.Clear();
        _inner.Number(LabelField.Key, label.Key.Index);
        _inner.Number(LabelField.Text, label.Text.Index);
        _inner.Number(LabelField.Number, label.Number);
        _inner.Number(LabelField.Unit, label.Unit.Index);
        _message.Message(SampleField.Label, _inner);
    }

    private void Mappings()
    {
        for (int i = 0; i < _profile.Mappings.Count; i++)
        {
            Mapping mapping = _profile.Mappings[new MappingId(i)];
            _message.Clear();
            _message.Number(MappingField.Id, i + 1L);
            _message.Number(MappingField.Start, mapping.Start);
            _message.Number(MappingField.Limit, mapping.Limit);
            _message.Number(MappingField.Offset, mapping.Offset);
            _message.Number(MappingField.File, Place(mapping.File));
            _message.Number(MappingField.BuildId, Place(mapping.BuildId));
            _message.Flag(MappingField.HasFunctions, mapping.HasFunctions);
            _message.Flag(MappingField.HasFilenames, mapping.HasFilenames);
            _message.Flag(MappingField.HasLineNumbers, mapping.HasLineNumbers);
            _message.Flag(MappingField.HasInlineFrames, mapping.HasInlineFrames);
            Emit(ProfileField.Mapping);
        }
    }

    private void Locations()
    {
        for (int i = 0; i < _profile.Locations.Count; i++)
        {
            Location location = _profile.Locations[new LocationId(i)];
            _message.Clear();
            _message.Number(LocationField.Id, i + 1L);
            _message.Number(LocationField.MappingId, location.Mapping.Index + 1L);
            _message.Number(LocationField.Address, location.Address);
            foreach (Line line in location.Lines)
                WriteLine(line);

            _message.Flag(LocationField.IsFolded, location.IsFolded);
            Emit(ProfileField.Location);
        }
    }

    private void WriteLine(Line line)
    {
        _inner.Clear();
        _inner.Number(LineField.FunctionId, line.Function.Index + 1L);
        _inner.Number(LineField.Line, line.Number);
        _inner.Number(LineField.Column, line.Column);
        _message.Message(LocationField.Line, _inner);
    }

    private void Functions()
    {
        for (int i = 0; i < _profile.Functions.Count; i++)
        {
            FunctionRow function = _profile.Functions[new FunctionId(i)];
            _message.Clear();
            _message.Number(FunctionField.Id, i + 1L);
            _message.Number(FunctionField.Name, function.Name.Index);
            _message.Number(FunctionField.SystemName, function.SystemName.Index);
            _message.Number(FunctionField.File, function.File.Index);
            _message.Number(FunctionField.StartLine, function.StartLine);
            Emit(ProfileField.Function);
        }
    }

    private void Strings()
    {
        for (int i = 0; i < _profile.Strings.Count; i++)
        {
            _output.Bytes(ProfileField.StringTable, _profile.Strings.Utf8(new StringId(i)));
            FlushWhenFull();
        }

        foreach (string text in _addedTexts)
            _output.Bytes(ProfileField.StringTable, Encoding.UTF8.GetBytes(text));
    }

    private void Comments(int[] places)
    {
        if (places.Length == 0)
            return;

        _message.Clear();
        foreach (int place in places)
            _message.Varint((ulong)place);

        Emit(ProfileField.Comment);
    }

    private void ValueType(int field, SampleType type) => ValueType(field, Place(type.Type), Place(type.Unit));

    private void ValueType(int field, int type, int unit)
    {
        _message.Clear();
        _message.Number(ValueTypeField.Type, type);
        _message.Number(ValueTypeField.Unit, unit);
        Emit(field);
    }

    private int Place(string text)
    {
        if (text.Length == 0)
            return 0;

        if (_addedPlaces.TryGetValue(text, out int place))
            return place;

        // A profile that was decoded holds the header's texts already; writing them once more would make each round trip longer.
        if (_profile.Strings.Find(text) is { } known)
        {
            place = known.Index;
        }
        else
        {
            place = _profile.Strings.Count + _addedTexts.Count;
            _addedTexts.Add(text);
        }

        _addedPlaces.Add(text, place);
        return place;
    }

    private void Emit(int field)
    {
        _output.Message(field, _message);
        FlushWhenFull();
    }

    private void FlushWhenFull()
    {
        if (_output.Length >= FlushBytes)
            Flush();
    }

    private void Flush()
    {
        _target.Write(_output.Written);
        _output.Clear();
    }
}
