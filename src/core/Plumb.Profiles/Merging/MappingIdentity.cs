namespace Plumb.Profiles.Merging;

/// <summary>
/// What makes two mappings the same although address space randomisation moved one: size (rounded up to pages, since writers differ in
/// the last one), offset, and build id or else file. Mappings with neither are stand-ins, and all alike.
/// </summary>
internal readonly record struct MappingIdentity(ulong Size, ulong Offset, string BuildIdOrFile)
{
    private const ulong PageBytes = 4096;

    public static MappingIdentity Of(Mapping mapping)
    {
        ulong size = unchecked(mapping.Limit - mapping.Start + PageBytes - 1);
        return new MappingIdentity(size - (size % PageBytes), mapping.Offset, mapping.BuildId.Length > 0 ? mapping.BuildId : mapping.File);
    }
}
