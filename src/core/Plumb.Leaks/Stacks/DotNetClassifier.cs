namespace Plumb.Leaks.Stacks;

/// <summary>
/// Tells the frames of a .NET program from those of the framework and of packages: by the module where the profiles say which are the
/// program's, else by namespace, and by whether the symbols of a method name a source file, for packages are seldom deployed with theirs.
/// </summary>
internal sealed class DotNetClassifier(IEnumerable<(string Function, string File)> frames, DotNetModules? modules = null)
{
    // What ships with the runtime and with ASP.NET Core.
    private static readonly NamePrefixes Framework = new(
        "System.", "Internal.", "Interop.", "Microsoft.Win32.", "Microsoft.AspNetCore.", "Microsoft.Extensions.", "Microsoft.CSharp.", "Microsoft.VisualBasic.", "Microsoft.Net.",
        // What has no name: dynamic code, stacks that were lost, modules without metadata.
        "[");

    // What serves the profiles: in every process that has any, and nobody's to mend there.
    private static readonly NamePrefixes Measurement = new("Plumb.Runtime.", "Plumb.AspNetCore.", "Plumb.Profiles.", "Plumb.Agent.");

    private static readonly NamePrefixes Packages = new(
        "Microsoft.", "StackExchange.", "Npgsql", "RabbitMQ.", "Newtonsoft.", "Serilog", "Polly", "Dapper", "MassTransit", "Confluent.", "Grpc.", "Google.", "Azure.",
        "Amazon.", "MongoDB.", "NLog", "MediatR", "AutoMapper", "Quartz", "Hangfire", "MySqlConnector", "OpenTelemetry");

    // Paths of reproducible builds, as packages are published.
    private const string MappedPath = "/_/";

    private readonly bool _ownHasFiles = frames.Any(f => HasOwnFile(f.File) && !Framework.Begin(f.Function) && !Packages.Begin(f.Function));

    /// <summary>Whether the frames are of a .NET program: Go has no package <c>System</c>.</summary>
    public static bool IsDotNet(IEnumerable<(string Function, string File)> frames) =>
        frames.Any(f => f.Function.StartsWith("System.", StringComparison.Ordinal) && !f.File.EndsWith(".go", StringComparison.Ordinal));

    public FrameOwner Classify(string function, string file) =>
        Measurement.Begin(function) ? FrameOwner.Standard
        : modules?.OwnerOf(function) is { } owner ? owner
        : Framework.Begin(function) ? FrameOwner.Standard
        : Packages.Begin(function) || file.StartsWith(MappedPath, StringComparison.Ordinal) ? FrameOwner.ThirdParty
        : _ownHasFiles && file.Length == 0 ? FrameOwner.ThirdParty
        : FrameOwner.Application;

    private static bool HasOwnFile(string file) => file.Length > 0 && !file.StartsWith(MappedPath, StringComparison.Ordinal);
}
