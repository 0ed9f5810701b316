namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>TempAssembly</c> objects rise.</summary>
public sealed class XmlSerializerPerCall : LeakPattern
{
    public override string Id => "dotnet-xmlserializer-per-call";

    public override string Title => "An XmlSerializer assembly is generated for each call";

    public override string Cause =>
        "Constructors with overrides, extra types or a root do not cache the assembly that they generate, and " +
        "assemblies are never unloaded.";

    public override string Remedy => "Keep the serializer in a static field or a cache of your own.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/api/system.xml.serialization.xmlserializer";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.Xml.Serialization.TempAssembly", "System.Xml.Serialization.XmlSerializer")
            ? PatternMatch.Yes("generated serializers rise")
            : PatternMatch.No;
    }
}
