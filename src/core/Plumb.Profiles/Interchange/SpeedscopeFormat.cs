using Plumb.Profiles.Input;

namespace Plumb.Profiles.Interchange;

/// <summary>The file format of speedscope.app: JSON with shared frames and profiles that are sampled or evented.</summary>
internal sealed class SpeedscopeFormat : IInputFormat
{
    // Nothing else that is read here starts with a brace; other JSON is told so by the reader.
    public bool Recognizes(ReadOnlySpan<byte> head) => head.TrimStart("\uFEFF \t\r\n"u8) is [(byte)'{', ..];

    public Profile Read(BoundedInput input, ProfileLimits limits)
    {
        using var json = new JsonTokens(input, limits.MaxStringBytes);
        return new SpeedscopeReader(json, limits).Read();
    }
}
