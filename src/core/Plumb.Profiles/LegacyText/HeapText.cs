using Plumb.Profiles.Input;

namespace Plumb.Profiles.LegacyText;

/// <summary>A heap profile in text, and the memory statistics that Go writes behind it.</summary>
/// <param name="Profile">The samples, with symbols where the text has them.</param>
/// <param name="MemStats">Null unless Go wrote the text.</param>
public sealed record HeapText(Profile Profile, MemStats? MemStats)
{
    /// <summary>Reads <c>/debug/pprof/heap?debug=1</c> or <c>allocs?debug=1</c>, and the older heap profiles of C++.</summary>
    /// <exception cref="ProfileFormatException">Not a heap profile in text, damaged, or over a limit.</exception>
    public static HeapText Parse(ReadOnlyMemory<byte> bytes, ProfileLimits? limits = null)
    {
        limits ??= ProfileLimits.Default;
        using var input = BoundedInput.Open(bytes, limits);
        return new HeapReader(limits).Read(input);
    }

    /// <param name="source">Plain or gzip; read from where it stands to its end, and closed.</param>
    /// <param name="limits">What is accepted; <see cref="ProfileLimits.Default"/> when null.</param>
    /// <exception cref="ProfileFormatException">Not a heap profile in text, damaged, or over a limit.</exception>
    public static HeapText Parse(Stream source, ProfileLimits? limits = null)
    {
        limits ??= ProfileLimits.Default;
        using BoundedInput input = source as BoundedInput ?? BoundedInput.Open(source, limits);
        return new HeapReader(limits).Read(input);
    }
}
