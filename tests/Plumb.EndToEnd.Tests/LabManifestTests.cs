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
        Assert.True(manifest.Leak is null != manifest.Healthy is null, "either it leaks or it is healthy");
        Assert.Equal(manifest.Leak is null ? [LabRun.Healthy] : ["leak", "fixed"], manifest.Variants);
        Assert.All(manifest.Needs, need => Assert.Contains(need, (string[])["redis", "rabbitmq"]));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void The_leaking_lines_are_marked_inside_the_function_that_is_expected(string service)
    {
        LabLeak? leak = LabManifest.Read(service).Leak;
        string[] marked = [.. Directory.EnumerateFiles(LabManifest.Folder(service), "*.go")
            .Where(path => LabManifest.LeakingLines(service, Path.GetFileName(path)).Count > 0)
            .Select(path => Path.GetFileName(path))];

        Assert.Equal(leak is null ? [] : [leak.File], marked);
        if (leak is not null)
            Assert.All(LabManifest.LeakingLines(service, leak.File), line => Assert.Equal(Declared(leak.Function), FunctionAround(service, leak.File, line)));
    }

    [Fact]
    public void Every_variant_of_every_service_has_a_test()
    {
        IEnumerable<string> tested = typeof(LabManifestTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Select(method => method.GetCustomAttribute<LabFactAttribute>())
            .OfType<LabFactAttribute>()
            .Select(fact => $"{fact.Service} {fact.Variant}");
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
