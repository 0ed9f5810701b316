namespace Plumb.Profiles;

internal sealed record ProfileTables(
    StringTable Strings,
    FunctionTable Functions,
    MappingTable Mappings,
    LocationTable Locations,
    StackTable Stacks,
    LabelSetTable LabelSets,
    SampleTable Samples);
