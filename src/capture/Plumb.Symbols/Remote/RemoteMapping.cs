using Plumb.Profiles;

namespace Plumb.Symbols.Remote;

/// <summary>Which service can be asked about a mapping: the one its profile was fetched from.</summary>
/// <param name="BuildId">The mapping's build id.</param>
/// <param name="File">The mapping's file, as the profile names it by now.</param>
/// <param name="Start">Where the service has it; merging profiles may have moved it.</param>
/// <param name="Source">The address that the profile was fetched from.</param>
public sealed record RemoteMapping(string BuildId, string File, ulong Start, Uri Source)
{
    /// <summary>What a profile from a service says of where its code is.</summary>
    public static IEnumerable<RemoteMapping> Of(Profile profile, Uri source) => profile.Mappings.Count == 0
        ? [new RemoteMapping("", "", 0, source)]
        : [.. profile.Mappings.Rows.ToArray().Select(mapping => new RemoteMapping(mapping.BuildId, mapping.File, mapping.Start, source))];

    public bool IsOf(Mapping mapping) => mapping.BuildId.Length > 0 || BuildId.Length > 0 ? mapping.BuildId == BuildId : mapping.File == File;
}
