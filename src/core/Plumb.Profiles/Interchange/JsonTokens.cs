using System.Buffers;
using System.Text.Json;

namespace Plumb.Profiles.Interchange;

/// <summary>Reads JSON from a stream token by token; only the token at hand is in memory.</summary>
internal sealed class JsonTokens(Stream source, int maxTokenBytes) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
    private int _start;
    private int _end;
    private bool _sourceEnded;
    private JsonReaderState _state = new(new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
    private string? _text;

    public JsonTokenType Type { get; private set; }

    /// <summary>Bytes of the input before the end of the current token.</summary>
    public long Offset { get; private set; }

    public double Number { get; private set; }

    /// <summary>The property's name, or the text.</summary>
    public string Text => _text ?? throw new InvalidOperationException("not at a text");

    /// <summary>Moves to the next token; false at the end.</summary>
    /// <exception cref="ProfileFormatException">Not JSON.</exception>
    public bool Read()
    {
        try
        {
            while (!TryRead())
            {
                if (_sourceEnded)
                    return false;

                Fill();
            }

            return true;
        }
        catch (JsonException fault)
        {
            throw new ProfileFormatException($"malformed JSON: {TerminalText.Escape(fault.Message)}", Offset);
        }
    }

    /// <summary>Moves to the next token, which has to be there.</summary>
    public JsonTokenType Next() => Read() ? Type : throw Fault("expected more, found the end");

    /// <summary>Moves to the next property of an object, or behind the object; then false.</summary>
    public bool NextProperty() => Next() == JsonTokenType.PropertyName;

    /// <summary>Moves to the next element of an array, or behind the array; then false.</summary>
    public bool NextElement() => Next() != JsonTokenType.EndArray;

    /// <summary>Moves to the next token, which has to be of a type.</summary>
    public void Expect(JsonTokenType expected)
    {
        Next();
        MustBe(expected);
    }

    /// <summary>Fails unless the current token is of a type.</summary>
    public void MustBe(JsonTokenType expected)
    {
        if (Type != expected)
            throw Fault($"expected {expected}, found {Type}");
    }

    /// <summary>Takes the next value: a text as it is, any other as the empty text.</summary>
    public string TextOrEmpty()
    {
        SkipValue();
        return Type == JsonTokenType.String ? Text : "";
    }

    /// <summary>Takes the next value: a number as it is, any other as 0.</summary>
    public double NumberOrZero()
    {
        SkipValue();
        return Type == JsonTokenType.Number ? Number : 0;
    }

    /// <summary>Passes over the next value.</summary>
    public void SkipValue()
    {
        for (int depth = Depth(Next()); depth > 0; depth += Depth(Next()))
        {
        }
    }

    public ProfileFormatException Fault(string message) => new(message, Offset);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private static int Depth(JsonTokenType type) => type switch
    {
        JsonTokenType.StartArray or JsonTokenType.StartObject => 1,
        JsonTokenType.EndArray or JsonTokenType.EndObject => -1,
        _ => 0,
    };

    private bool TryRead()
    {
        if (Offset == 0)
            SkipByteOrderMark();

        var reader = new Utf8JsonReader(_buffer.AsSpan(_start.._end), _sourceEnded, _state);
        bool isComplete = reader.Read();
        _state = reader.CurrentState;
        _start += (int)reader.BytesConsumed;
        Offset += reader.BytesConsumed;
        if (!isComplete)
            return false;

        Type = reader.TokenType;
        _text = Type is JsonTokenType.String or JsonTokenType.PropertyName ? TextOf(reader) : null;
        Number = Type == JsonTokenType.Number && reader.TryGetDouble(out double number) ? number : 0;
        return true;
    }

    private void SkipByteOrderMark()
    {
        ReadOnlySpan<byte> mark = "\uFEFF"u8;
        if (_buffer.AsSpan(_start.._end).StartsWith(mark))
            _start += mark.Length;
    }

    private string TextOf(Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException fault)
        {
            // Not UTF-8, or half of a surrogate pair.
            throw new ProfileFormatException($"malformed text in JSON: {fault.Message}", Offset);
        }
    }

    private void Fill()
    {
        if (_end == _buffer.Length)
            MakeRoom();

        int read = source.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _sourceEnded = read == 0;
    }

    private void MakeRoom()
    {
        int pending = _end - _start;
        if (pending > maxTokenBytes)
            throw Fault($"a token is longer than the {maxTokenBytes} bytes that are accepted");

        byte[] target = pending <= _buffer.Length / 2 ? _buffer : ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(_start, pending).CopyTo(target);
        if (target != _buffer)
            ArrayPool<byte>.Shared.Return(_buffer);

        _buffer = target;
        _start = 0;
        _end = pending;
    }
}
