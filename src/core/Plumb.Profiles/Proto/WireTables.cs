namespace Plumb.Profiles.Proto;

/// <summary>The tables of a profile on the wire, led to rows, and what leads references to them there. Nothing of it changes any more.</summary>
/// <param name="StringRows">From places in the string table on the wire to rows of <paramref name="Strings"/>.</param>
/// <param name="LocationIds">From ids on the wire to rows of <paramref name="Locations"/>.</param>
internal sealed record WireTables(
    WireStrings StringRows, StringTable Strings, FunctionTable Functions, MappingTable Mappings, LocationTable Locations, WireIds LocationIds);
