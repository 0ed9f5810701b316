namespace Plumb.Profiles;

/// <summary>
/// A label of a sample: a text, or a number with an optional unit (profile.proto Label). One with neither a text, a number other
/// than 0 nor a unit says nothing and is dropped by <see cref="ProfileBuilder"/>, as every reader of the format does.
/// </summary>
public readonly record struct Label(StringId Key, StringId Text, long Number, StringId Unit)
{
    public static Label OfText(StringId key, StringId text) => new(key, text, 0, default);

    public static Label OfNumber(StringId key, long number, StringId unit = default) => new(key, default, number, unit);

    public bool IsNumber => Text == default;

    internal bool IsVoid => Text == default && Number == 0 && Unit == default;
}
