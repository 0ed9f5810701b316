namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>JsonSerializerOptions.CachingContext</c> objects rise.</summary>
public sealed class JsonOptionsPerCall : LeakPattern
{
    public override string Id => "dotnet-json-options-per-call";

    public override string Title => "JsonSerializerOptions are made for each call";

    public override string Cause => "Every instance builds and keeps metadata of all types that it meets.";

    public override string Remedy => "One static JsonSerializerOptions, or source generation.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/standard/serialization/system-text-json/configure-options";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.Text.Json.JsonSerializerOptions+CachingContext", "CachingContext", "System.Text.Json.JsonSerializerOptions")
            ? PatternMatch.Yes("serializer options with their caches rise")
            : PatternMatch.No;
    }
}
