using Plumb.Leaks.Stacks;
using Plumb.Profiles;

namespace Plumb.Leaks.Tests.Stacks;

public sealed class DotNetClassifierTests
{
    private static readonly (string Function, string File)[] Deployed =
    [
        ("System.Threading.ThreadPoolWorkQueue.Dispatch", ""),
        ("Shop.Cart.Load", "/src/Shop/Cart.cs"),
        ("Acme.Mapping.Map", ""),
    ];

    [Theory]
    [InlineData("System.String.Concat", "", FrameOwner.Standard)]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocol.Run", "/_/src/Servers/Kestrel/HttpProtocol.cs", FrameOwner.Standard)]
    [InlineData("[dynamic code]", "", FrameOwner.Standard)]
    [InlineData("Microsoft.EntityFrameworkCore.DbContext.Add", "", FrameOwner.ThirdParty)]
    [InlineData("Acme.Mapping.Map", "", FrameOwner.ThirdParty)]
    [InlineData("Acme.Mapping.Map", "/_/src/Mapping.cs", FrameOwner.ThirdParty)]
    [InlineData("Shop.Cart.Load", "/src/Shop/Cart.cs", FrameOwner.Application)]
    public void The_program_is_what_has_its_sources_and_is_no_known_package(string function, string file, FrameOwner owner)
    {
        Assert.Equal(owner, new DotNetClassifier(Deployed).Classify(function, file));
    }

    [Fact]
    public void Without_symbols_everything_that_is_no_known_package_is_the_program()
    {
        Assert.Equal(FrameOwner.Application, new DotNetClassifier([("Shop.Cart.Load", "")]).Classify("Shop.Cart.Load", ""));
    }

    [Theory]
    [InlineData("Shop.Cart.Load", FrameOwner.Application)]
    [InlineData("Acme.Stock.Count", FrameOwner.Application)]
    [InlineData("Acme.Mapping.Map", FrameOwner.ThirdParty)]
    [InlineData("Microsoft.Shop.Cart.Load", FrameOwner.Application)]
    [InlineData("System.String.Concat", FrameOwner.Standard)]
    [InlineData("System.Text.Json.JsonSerializer.Serialize", FrameOwner.Standard)]
    [InlineData("Plumb.Runtime.Heap.HeapProfile.Build", FrameOwner.Standard)]
    public void Where_profiles_say_which_modules_are_the_programs_own_paths_and_names_say_nothing(string function, FrameOwner owner)
    {
        var modules = Modules("modules of the application: Shop.dll, Acme.Stock.dll, Plumb.Runtime.dll");

        Assert.Equal(owner, new DotNetClassifier([(function, "/_/src/Any.cs")], modules).Classify(function, "/_/src/Any.cs"));
    }

    [Fact]
    public void The_program_itself_is_known_without_that()
    {
        var modules = Modules("");

        Assert.Equal(FrameOwner.Application, new DotNetClassifier([], modules).Classify("Shop.Cart.Load", "/_/src/Cart.cs"));
        Assert.Equal(FrameOwner.ThirdParty, new DotNetClassifier([], modules).Classify("Acme.Mapping.Map", "/_/src/Mapping.cs"));
    }

    private static DotNetModules Modules(string comment)
    {
        var profile = new ProfileBuilder(new ProfileHeader { SampleTypes = [SampleType.Goroutine], Comments = [comment] });
        profile.Mapping(new Mapping(0, 0, 0, "/app/Shop.dll", ""));
        var modules = new DotNetModules();
        modules.Add(profile.Build());
        foreach (var (function, module) in (ReadOnlySpan<(string, string)>)
            [
                ("Shop.Cart.Load", "/app/Shop.dll"), ("Microsoft.Shop.Cart.Load", "/app/Shop.dll"), ("Acme.Stock.Count", "/app/Acme.Stock.dll"), ("Acme.Mapping.Map", "/app/Acme.Mapping.dll"),
                ("System.String.Concat", "/usr/share/dotnet/shared/Microsoft.NETCore.App/10.0.0/System.Private.CoreLib.dll"), ("System.Text.Json.JsonSerializer.Serialize", "/app/System.Text.Json.dll"),
                ("Plumb.Runtime.Heap.HeapProfile.Build", "/app/Plumb.Runtime.dll"),
            ])
            modules.Add(function, module);
        return modules;
    }

    [Fact]
    public void A_program_of_Go_is_not_taken_for_one_of_NET()
    {
        Assert.False(DotNetClassifier.IsDotNet([("main.main", "/src/main.go"), ("net/http.(*conn).serve", "")]));
        Assert.True(DotNetClassifier.IsDotNet(Deployed));
    }
}
