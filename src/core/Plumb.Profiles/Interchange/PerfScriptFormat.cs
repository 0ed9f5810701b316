using Plumb.Profiles.Input;
using Plumb.Profiles.LegacyText;

namespace Plumb.Profiles.Interchange;

/// <summary>What <c>perf script</c> prints of a recording, with or without call chains.</summary>
internal sealed class PerfScriptFormat : IInputFormat
{
    public bool Recognizes(ReadOnlySpan<byte> head) => PerfScriptHeader.TryParse(SampleText.FirstLine(head), out _);

    public Profile Read(BoundedInput input, ProfileLimits limits) => new PerfScriptReader(limits).Read(input);
}
