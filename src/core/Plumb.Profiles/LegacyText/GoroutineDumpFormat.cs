using Plumb.Profiles.Input;

namespace Plumb.Profiles.LegacyText;

/// <summary>A <see cref="GoroutineDump"/> where a profile is asked for.</summary>
internal sealed class GoroutineDumpFormat : IInputFormat
{
    public bool Recognizes(ReadOnlySpan<byte> head)
    {
        while (!head.IsEmpty)
        {
            if (GoroutineHeader.TryParse(SampleText.TakeLine(ref head), out _))
                return true;
        }

        return false;
    }

    public Profile Read(BoundedInput input, ProfileLimits limits) => new GoroutineDumpParser(limits).Parse(input).ToProfile();
}
