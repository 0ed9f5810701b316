namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>PhysicalFilesWatcher</c> objects rise.</summary>
public sealed class FileProviderPerRequest : LeakPattern
{
    public override string Id => "dotnet-file-provider-per-request";

    public override string Title => "A file provider is made for each request";

    public override string Cause =>
        "Each PhysicalFileProvider watches its folder; the watcher and its change tokens stay until it is disposed.";

    public override string Remedy => "Make the provider once, and dispose registrations of ChangeToken.OnChange.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/core/extensions/file-globbing";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("Microsoft.Extensions.FileProviders.Physical.PhysicalFilesWatcher", "Microsoft.Extensions.Primitives.ChangeToken+ChangeTokenRegistration")
            ? PatternMatch.Yes("watchers of file providers or registrations on their tokens rise")
            : PatternMatch.No;
    }
}
