using Plumb.Profiles.Input;

namespace Plumb.Profiles.LegacyText;

/// <summary>Heap, growth and fragmentation profiles of C++ and of Go.</summary>
internal sealed class HeapFormat : IInputFormat
{
    public bool Recognizes(ReadOnlySpan<byte> head) => HeapHeader.TryParse(SampleText.TakeLine(ref head), out _);

    public Profile Read(BoundedInput input, ProfileLimits limits) => new HeapReader(limits).Read(input).Profile;
}
