using Plumb.Runtime.Naming;

namespace Plumb.Runtime.Tests.Naming;

public sealed class ProgramModulesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plumb-modules-");

    [Fact]
    public void Projects_are_the_programs_own_and_packages_are_not()
    {
        IReadOnlyList<string> own = ProgramModules.OwnBeside(typeof(ProgramModulesTests).Assembly.Location);

        Assert.Contains("Plumb.Runtime.dll", own);
        Assert.Contains("Plumb.Runtime.Tests.dll", own);
        Assert.DoesNotContain(own, name => name.StartsWith("xunit", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"libraries":{"a/1":{"type":7}},"targets":{"net10.0":{"a/1":{"runtime":{"a.dll":{}}}}}}""")]
    [InlineData("""{"libraries":7,"targets":"none"}""")]
    [InlineData("""{"libraries":{},"targets":{"net10.0":7}}""")]
    public void A_file_that_is_not_as_expected_says_nothing(string content)
    {
        string program = Path.Combine(_folder.FullName, "shop.dll");
        File.WriteAllText(Path.ChangeExtension(program, ".deps.json"), content);

        Assert.Empty(ProgramModules.OwnBeside(program));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/nowhere/shop.dll")]
    [InlineData("\0")]
    public void Without_a_file_nothing_is_known(string program) => Assert.Empty(ProgramModules.OwnBeside(program));

    public void Dispose() => _folder.Delete(recursive: true);
}
