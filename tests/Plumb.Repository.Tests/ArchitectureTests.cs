using System.Xml.Linq;

namespace Plumb.Repository.Tests;

public sealed class ArchitectureTests
{
    // Who may reference whom. The picture of this is in docs/architecture.md.
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Plumb.Profiles"] = [],
        ["Plumb.Reports"] = ["Plumb.Profiles"],
        ["Plumb.Leaks"] = ["Plumb.Profiles"],
        ["Plumb.Collectors"] = ["Plumb.Leaks"],
        ["Plumb.Symbols"] = ["Plumb.Profiles"],
        ["Plumb.Agent"] = [],
        ["Plumb.Runtime"] = ["Plumb.Profiles"],
        ["Plumb.AspNetCore"] = ["Plumb.Runtime"],
        ["Plumb.Web"] = ["Plumb.Reports", "Plumb.Leaks"],
        ["Plumb.Cli"] = ["Plumb.Profiles", "Plumb.Reports", "Plumb.Leaks", "Plumb.Collectors", "Plumb.Symbols", "Plumb.Runtime", "Plumb.AspNetCore", "Plumb.Web"],
    };

    // Packages that more than one project may reference, and why.
    private static readonly Dictionary<string, string> SharedPackages = new()
    {
        ["Microsoft.CodeAnalysis.BannedApiAnalyzers"] = "an analyzer, for every project",
        ["Microsoft.NET.Test.Sdk"] = "for every test project",
        ["Microsoft.Playwright"] = "drives the browser in the tests of the page and in its benchmark",
        ["xunit"] = "for every test project",
        ["xunit.runner.visualstudio"] = "for every test project",
        ["FsCheck"] = "properties are a way of testing, wherever they fit",
        ["FSharp.Core"] = "what FsCheck needs, pinned beside it",
    };

    public static TheoryData<string> SourceProjects => [.. SourceProjectFiles];

    private static IEnumerable<string> SourceProjectFiles =>
        Repository.FilesNamed(".csproj").Where(p => p.StartsWith("src/", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void A_project_references_only_what_its_arrows_allow(string project)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        Assert.True(Arrows.ContainsKey(name), $"{name} has no arrows: say in {nameof(ArchitectureTests)} what it may reference");

        Assert.Empty(References(project).Except(Arrows[name]));
    }

    [Fact]
    public void No_arrow_is_left_without_its_project() =>
        Assert.Empty(Arrows.Keys.Except(SourceProjectFiles.Select(p => Path.GetFileNameWithoutExtension(p))));

    [Fact]
    public void A_package_is_referenced_by_one_project_only_unless_the_list_says_why()
    {
        var users = new Dictionary<string, List<string>>();
        foreach (string file in Repository.FilesNamed(".csproj").Concat(Repository.FilesNamed("Directory.Build.props")))
        {
            foreach (string package in Includes(file, "PackageReference"))
            {
                if (!users.TryGetValue(package, out List<string>? files))
                    users.Add(package, files = []);

                files.Add(file);
            }
        }

        Assert.Empty(users.Where(u => u.Value.Count > 1 && !SharedPackages.ContainsKey(u.Key)).Select(u => $"{u.Key}: {string.Join(", ", u.Value)}"));
    }

    [Fact]
    public void Versions_of_packages_stand_in_one_file()
    {
        foreach (string file in Repository.FilesNamed(".csproj").Concat(Repository.FilesNamed("Directory.Build.props")))
            Assert.DoesNotContain(XDocument.Parse(Repository.Read(file)).Descendants("PackageReference"), p => p.Attribute("Version") is not null);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        IEnumerable<string> inSolution = XDocument.Parse(Repository.Read("Plumb.slnx")).Descendants("Project").Select(p => p.Attribute("Path")!.Value);

        Assert.Equal(Repository.FilesNamed(".csproj").Order(StringComparer.Ordinal), inSolution.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_source_project_has_its_tests()
    {
        IEnumerable<string> tested = Repository.FilesNamed(".Tests.csproj").Select(Path.GetFileNameWithoutExtension).OfType<string>();

        Assert.Empty(Arrows.Keys.Select(name => name + ".Tests").Except(tested));
    }

    private static IEnumerable<string> References(string project) =>
        Includes(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path));

    private static IEnumerable<string> Includes(string file, string element) =>
        XDocument.Parse(Repository.Read(file)).Descendants(element).Select(e => e.Attribute("Include")!.Value.Replace('\\', '/'));
}
