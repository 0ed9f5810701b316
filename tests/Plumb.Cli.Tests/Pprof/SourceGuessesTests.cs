using Plumb.Cli.Pprof.Sources;

namespace Plumb.Cli.Tests.Pprof;

public class SourceGuessesTests
{
    private static readonly SourceGuesses s_guesses = new(new SourceRoots(["/home/me/shop"], ["/home/me/go/pkg/mod"], ["/usr/lib/go/src"], ["/home/me/go/src"]));

    [Theory]
    // The module cache of another machine, and paths of -trimpath, in which upper case is not escaped.
    [InlineData("/root/go/pkg/mod/github.com/gin-gonic/gin@v1.9.1/gin.go", "/home/me/go/pkg/mod/github.com/gin-gonic/gin@v1.9.1/gin.go")]
    [InlineData("/go/pkg/mod/github.com/!azure/sdk@v1.0.0/a/b.go", "/home/me/go/pkg/mod/github.com/!azure/sdk@v1.0.0/a/b.go")]
    [InlineData("github.com/Azure/sdk@v1.0.0/Log/Log.go", "/home/me/go/pkg/mod/github.com/!azure/sdk@v1.0.0/Log/Log.go")]
    [InlineData("C:\\Users\\ci\\go\\pkg\\mod\\gopkg.in\\yaml.v3@v3.0.1\\decode.go", "/home/me/go/pkg/mod/gopkg.in/yaml.v3@v3.0.1/decode.go")]
    // The same module, vendored.
    [InlineData("github.com/gin-gonic/gin@v1.9.1/gin.go", "/home/me/shop/vendor/github.com/gin-gonic/gin/gin.go")]
    [InlineData("/go/pkg/mod/github.com/!azure/sdk@v1.0.0/a.go", "/home/me/shop/vendor/github.com/Azure/sdk/a.go")]
    [InlineData("/build/vendor/github.com/x/y/z.go", "/home/me/shop/vendor/github.com/x/y/z.go")]
    // Go's own library.
    [InlineData("/usr/local/go/src/net/http/server.go", "/usr/lib/go/src/net/http/server.go")]
    [InlineData("/opt/hostedtoolcache/go/1.22.1/x64/src/runtime/proc.go", "/usr/lib/go/src/runtime/proc.go")]
    [InlineData("/usr/lib/go-1.19/src/runtime/asm_amd64.s", "/usr/lib/go/src/runtime/asm_amd64.s")]
    [InlineData("$GOROOT/src/fmt/print.go", "/usr/lib/go/src/fmt/print.go")]
    [InlineData("C:/Program Files/go/src/os/file.go", "/usr/lib/go/src/os/file.go")]
    [InlineData("net/http/server.go", "/usr/lib/go/src/net/http/server.go")]
    // A workspace from before modules.
    [InlineData("/go/src/github.com/x/y/z.go", "/home/me/go/src/github.com/x/y/z.go")]
    // Containers, build servers and deterministic builds.
    [InlineData("/app/main.go", "/home/me/shop/main.go")]
    [InlineData("/src/cmd/api/main.go", "/home/me/shop/cmd/api/main.go")]
    [InlineData("/go/src/app/store/users.go", "/home/me/shop/store/users.go")]
    [InlineData("/build/main.go", "/home/me/shop/main.go")]
    [InlineData("/_/src/Shop/Program.cs", "/home/me/shop/src/Shop/Program.cs")]
    [InlineData("D:\\a\\1\\s\\src\\Shop\\Program.cs", "/home/me/shop/src/Shop/Program.cs")]
    [InlineData("/home/ci/work/shop/store/users.go", "/home/me/shop/store/users.go")]
    [InlineData("example.org/shop/store/users.go", "/home/me/shop/store/users.go")]
    public void A_source_of_another_machine_is_looked_for_at(string recorded, string place) => Assert.Contains(place, Places(recorded));

    [Fact]
    public void The_longest_end_of_a_path_comes_first() => Assert.Equal(
        ["/home/me/shop/build/of/shop/store/users.go", "/home/me/shop/of/shop/store/users.go", "/home/me/shop/shop/store/users.go", "/home/me/shop/store/users.go"],
        Places("/build/of/shop/store/users.go").Distinct());

    [Fact]
    public void The_place_in_the_repository_comes_before_all_others_also_in_folders_above() => Assert.Equal(
        ["/home/me/shop/src/Shop.cs", "/home/me/src/Shop.cs", "/home/src/Shop.cs"], s_guesses.For("/x/Shop.cs", "src/Shop.cs").Take(3).Select(place => $"{place.Root}/{place.Path}"));

    [Theory]
    // Climbing out, in any spelling.
    [InlineData("/app/../../etc/passwd.go")]
    [InlineData("/app/..\\..\\secret.go")]
    [InlineData("github.com/x/y@v1/../../../../../etc/a.go")]
    [InlineData("/usr/local/go/src/../../../../a.go")]
    [InlineData("/app/./a.go")]
    [InlineData("/app/a\0.go")]
    // Not a source.
    [InlineData("/app/.ssh/id_rsa")]
    [InlineData("/app/.env")]
    [InlineData("/app/secrets.json")]
    [InlineData("/app/")]
    [InlineData("")]
    // A name alone could be any file.
    [InlineData("/else.go")]
    [InlineData("main.go")]
    public void Other_paths_are_not_guessed_at(string recorded) => Assert.Empty(Places(recorded));

    [Fact]
    public void A_path_without_end_is_not_guessed_at() => Assert.Empty(Places("/app/" + string.Concat(Enumerable.Repeat("d/", 10_000)) + "a.go"));

    private static IEnumerable<string> Places(string recorded) => s_guesses.For(recorded).Select(place => $"{place.Root}/{place.Path}");
}
