using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Tests.Stacks;

public sealed class FrameClassifierTests
{
    private static FrameOwner Classify(string package, string file, params (string Package, string File)[] others)
    {
        (string, string, string)[] frames = [.. others.Select(o => (o.Package + ".f", o.Package, o.File)), (package + ".f", package, file)];
        return new FrameClassifier(frames, null).Classify(package, file);
    }

    [Theory]
    [InlineData("runtime", "/usr/lib/go-1.19/src/runtime/proc.go", FrameOwner.Standard)]
    [InlineData("net/http", "/usr/lib/go-1.19/src/net/http/server.go", FrameOwner.Standard)]
    [InlineData("vendor/golang.org/x/net/http2/hpack", "/usr/lib/go-1.19/src/vendor/golang.org/x/net/http2/hpack/hpack.go", FrameOwner.Standard)]
    [InlineData("main", "/build/shop/main.go", FrameOwner.Application)]
    [InlineData("github.com/acme/shop/internal/cart", "/build/shop/internal/cart/cart.go", FrameOwner.Application)]
    [InlineData("internal/cart", "/build/shop/internal/cart/cart.go", FrameOwner.Application)]
    [InlineData("github.com/lib/pq", "/go/pkg/mod/github.com/lib/pq@v1.10.9/conn.go", FrameOwner.ThirdParty)]
    [InlineData("github.com/lib/pq", "/build/shop/vendor/github.com/lib/pq/conn.go", FrameOwner.ThirdParty)]
    [InlineData("gopkg.in/redis.v5", "/usr/share/gocode/src/gopkg.in/redis.v5/redis.go", FrameOwner.ThirdParty)]
    public void A_build_from_a_folder(string package, string file, FrameOwner owner)
    {
        Assert.Equal(owner, Classify(package, file, ("runtime", "/usr/lib/go-1.19/src/runtime/proc.go"), ("main", "/build/shop/main.go")));
    }

    [Theory]
    [InlineData("runtime", "runtime/proc.go", FrameOwner.Standard)]
    [InlineData("net/http", "net/http/server.go", FrameOwner.Standard)]
    [InlineData("main", "github.com/acme/shop/cmd/server/main.go", FrameOwner.Application)]
    [InlineData("github.com/acme/shop/internal/cart", "github.com/acme/shop/internal/cart/cart.go", FrameOwner.Application)]
    [InlineData("github.com/lib/pq", "github.com/lib/pq@v1.10.9/conn.go", FrameOwner.ThirdParty)]
    public void A_trimmed_build(string package, string file, FrameOwner owner)
    {
        Assert.Equal(owner, Classify(package, file, ("runtime", "runtime/proc.go"), ("main", "github.com/acme/shop/cmd/server/main.go")));
    }

    [Theory]
    [InlineData("github.com/acme/shop/cart", "/build/go/src/github.com/acme/shop/cart/cart.go", FrameOwner.Application)]
    [InlineData("github.com/lib/pq", "/build/go/src/github.com/lib/pq/conn.go", FrameOwner.ThirdParty)]
    public void A_build_in_a_gopath(string package, string file, FrameOwner owner)
    {
        Assert.Equal(owner, Classify(package, file, ("runtime", "/usr/lib/go/src/runtime/proc.go"), ("main", "/build/go/src/github.com/acme/shop/main.go")));
    }
}
