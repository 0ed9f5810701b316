using System.Reflection;
using System.Text.RegularExpressions;
using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests;

/// <summary>The lab itself: a test that expects the wrong thing proves nothing.</summary>
public sealed partial class LabManifestTests
{
    public static TheoryData<string> Services => [.. LabManifest.Names];

    [Theory]
    [MemberData(nameof(Services))]
    public void A_manifest_is_named_after_its_folder_and_says_what_to_expect(string service)
    {
        LabManifest manifest = LabManifest.Read(service);

        Assert.Equal(service, manifest.Name);
        Assert.EndsWith(".", manifest.Story, StringComparison.Ordinal);
        Assert.True(
            new object?[] { manifest.Leak, manifest.Isolation, manifest.Healthy }.Count(one => one is not null) == 1,
            "it leaks, or some of its routes do, or it is healthy");
        Assert.Equal(manifest.Healthy is not null ? [LabRun.Healthy] : ["leak", "fixed"], manifest.Variants);
        Assert.All(manifest.Needs, need => Assert.Contains(need, (string[])["redis", "rabbitmq"]));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void The_leaking_lines_are_marked_inside_the_function_that_is_expected(string service)
    {
        LabManifest manifest = LabManifest.Read(service);
        (string Function, string File)[] leaks = manifest switch
        {
            { Leak: { } leak } => [(leak.Function, leak.File)],
            { Isolation: { } isolation } => [.. isolation.Leaking.Select(route => (route.Function, route.File))],
            _ => [],
        };
        string[] marked = [.. Directory.EnumerateFiles(LabManifest.Folder(service), "*.go")
            .Where(path => LabManifest.LeakingLines(service, Path.GetFileName(path)).Count > 0)
            .Select(path => Path.GetFileName(path))];

        Assert.Equal(leaks.Select(leak => leak.File).Order(StringComparer.Ordinal), marked.Order(StringComparer.Ordinal));
        foreach ((string function, string file) in leaks)
            Assert.All(LabManifest.LeakingLines(service, file), line => Assert.Equal(Declared(function), FunctionAround(service, file, line)));
    }

    [Fact]
    public void Every_variant_of_every_service_has_a_test()
    {
        IEnumerable<string> tested = typeof(LabManifestTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Select(method => method.GetCustomAttribute<LabFactAttribute>())
            .OfType<LabFactAttribute>()
            .Select(fact => $"{fact.Service} {fact.Variant}")
            .Distinct();
        IEnumerable<string> wanted = LabManifest.Names.SelectMany(name => LabManifest.Read(name).Variants.Select(variant => $"{name} {variant}"));

        Assert.Equal(wanted.Order(StringComparer.Ordinal), tested.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_readme_lists_every_service()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Checkout.Root, "lab", "README.md"));

        Assert.All(LabManifest.Names, name => Assert.Contains($"[{name}](go/{name})", readme, StringComparison.Ordinal));
    }

    // main.(*broker).ask.func1 is written somewhere in func (b *broker) ask.
    private static string Declared(string function) => function.Split('.').Last(part => !part.StartsWith("func", StringComparison.Ordinal));

    private static string FunctionAround(string service, string file, int line) =>
        File.ReadLines(Path.Combine(LabManifest.Folder(service), file))
            .Take(line)
            .Select(text => Declaration().Match(text))
            .Last(match => match.Success)
            .Groups["name"].Value;

    [GeneratedRegex(@"^func (\([^)]*\) )?(?<name>\w+)\(", RegexOptions.ExplicitCapture)]
    private static partial Regex Declaration();
}
