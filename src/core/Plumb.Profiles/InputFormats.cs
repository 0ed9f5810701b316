using Plumb.Profiles.Folded;
using Plumb.Profiles.Input;
using Plumb.Profiles.Interchange;
using Plumb.Profiles.LegacyText;

namespace Plumb.Profiles;

/// <summary>The formats beside profile.proto, in the order in which they are asked. An input that two could claim belongs to the first.</summary>
internal static class InputFormats
{
    public static IReadOnlyList<IInputFormat> All { get; } =
    [
        new BinaryCpuFormat(),
        new HeapFormat(),
        new CountFormat(),
        new ThreadFormat(),
        // Java's contention profile starts like that of C++ and says otherwise in the second line.
        new JavaFormat(),
        new ContentionFormat(),
        new GoroutineDumpFormat(),
        new SpeedscopeFormat(),
        new PerfScriptFormat(),
        new FoldedFormat(),
    ];
}
