using Plumb.Profiles.Proto;

namespace Plumb.Profiles.Tests.Proto;

/// <summary>Writes profile messages field by field, also those that no encoder would write.</summary>
internal sealed class WireMessage
{
    private readonly ProtoWriter _writer = new();

    public byte[] Bytes => _writer.Written.ToArray();

    public static WireMessage Of(Action<WireMessage> write)
    {
        var message = new WireMessage();
        write(message);
        return message;
    }

    /// <summary>A profile of one sample type and one function, whose samples and locations the test adds.</summary>
    public static WireMessage Profile() => new WireMessage()
        .Message(ProfileField.SampleType, t => t.Number(ValueTypeField.Type, 1).Number(ValueTypeField.Unit, 2))
        .Message(ProfileField.Function, f => f.Number(FunctionField.Id, 1).Number(FunctionField.Name, 3))
        .Text(ProfileField.StringTable, "").Text(ProfileField.StringTable, "cpu").Text(ProfileField.StringTable, "nanoseconds")
        .Text(ProfileField.StringTable, "main.work");

    public WireMessage Number(int field, ulong value)
    {
        _writer.Tag(field, WireType.Varint);
        _writer.Varint(value);
        return this;
    }

    public WireMessage Text(int field, string text)
    {
        _writer.Bytes(field, System.Text.Encoding.UTF8.GetBytes(text));
        return this;
    }

    public WireMessage Message(int field, Action<WireMessage> write)
    {
        _writer.Bytes(field, Of(write).Bytes);
        return this;
    }

    public WireMessage Packed(int field, params ulong[] values)
    {
        var packed = new ProtoWriter();
        foreach (ulong value in values)
            packed.Varint(value);

        _writer.Bytes(field, packed.Written);
        return this;
    }

    /// <summary>A field's head that claims a length, without the content.</summary>
    public WireMessage Claim(int field, ulong length)
    {
        _writer.Tag(field, WireType.Bytes);
        _writer.Varint(length);
        return this;
    }

    public WireMessage Fixed(int field, WireType type)
    {
        _writer.Tag(field, type);
        for (int i = 0; i < (type == WireType.Fixed64 ? 2 : 1); i++)
            _writer.Raw([1, 2, 3, 4]);

        return this;
    }
}
