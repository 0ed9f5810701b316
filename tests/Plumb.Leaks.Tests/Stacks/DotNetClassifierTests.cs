using Plumb.Leaks.Stacks;

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

    [Fact]
    public void A_program_of_Go_is_not_taken_for_one_of_NET()
    {
        Assert.False(DotNetClassifier.IsDotNet([("main.main", "/src/main.go"), ("net/http.(*conn).serve", "")]));
        Assert.True(DotNetClassifier.IsDotNet(Deployed));
    }
}
