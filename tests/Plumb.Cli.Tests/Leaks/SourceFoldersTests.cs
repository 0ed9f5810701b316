using Plumb.Cli.Leaks.Sources;
using Plumb.Leaks.Stacks;

namespace Plumb.Cli.Tests.Leaks;

public sealed class SourceFoldersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumb-roots-").FullName;
    private readonly string _root;

    public SourceFoldersTests()
    {
        _root = Path.Combine(_folder, "work");
        Directory.CreateDirectory(Path.Combine(_root, "shop"));
        File.WriteAllLines(Path.Combine(_root, "shop", "users.go"), ["package main", "", "func loadUser() {", "\tleak()", "}"]);
        File.WriteAllLines(Path.Combine(_folder, "secret.go"), ["func loadUser() {", "\tsecret()", "}"]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("/build/of/ci/shop/users.go")]
    [InlineData("shop/users.go")]
    [InlineData("example.org/x/shop/users.go")]
    public void A_program_built_elsewhere_is_found_by_the_end_of_its_path(string file)
    {
        SourceExcerpt? excerpt = Find(file, 4);
        Assert.NotNull(excerpt);
        Assert.Equal(2, excerpt.FirstLine);
        Assert.Equal(["", "func loadUser() {", "\tleak()", "}"], excerpt.Lines);
    }

    [Fact]
    public void The_path_as_compiled_in_is_taken_when_it_is_below_a_root() => Assert.NotNull(Find(Path.Combine(_root, "shop", "users.go"), 4));

    [Fact]
    public void A_file_outside_the_roots_is_not_read()
    {
        Assert.Null(Find(Path.Combine(_folder, "secret.go"), 1));
        Assert.Null(Find("../secret.go", 1));
        Assert.Null(Find("shop/../../secret.go", 1));
    }

    [Fact]
    public void A_link_that_leads_out_of_the_roots_is_not_followed()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "link.go"), Path.Combine(_folder, "secret.go"));
        Directory.CreateSymbolicLink(Path.Combine(_root, "out"), _folder);
        Assert.Null(Find("link.go", 1));
        Assert.Null(Find("out/secret.go", 1));
    }

    [Fact]
    public void A_link_inside_the_roots_is_followed()
    {
        Directory.CreateSymbolicLink(Path.Combine(_root, "alias"), Path.Combine(_root, "shop"));
        Assert.NotNull(Find("alias/users.go", 4));
    }

    [Fact]
    public void A_circle_of_links_ends()
    {
        Directory.CreateSymbolicLink(Path.Combine(_root, "a"), Path.Combine(_root, "b"));
        Directory.CreateSymbolicLink(Path.Combine(_root, "b"), Path.Combine(_root, "a"));
        Assert.Null(Find("a/users2.go", 1));
    }

    [Theory]
    [InlineData("shop/users.go", "main.other")]
    [InlineData("shop/users.txt", "main.loadUser")]
    [InlineData("shop/users", "main.loadUser")]
    [InlineData("", "main.loadUser")]
    public void Another_file_of_the_same_name_is_not_shown(string file, string function)
    {
        File.WriteAllText(Path.Combine(_root, "shop", "users.txt"), "loadUser\n");
        Assert.Null(new SourceFolders([_root]).Find(new Frame(function, "main", file, 1, FrameOwner.Application)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(6)]
    [InlineData(int.MaxValue)]
    public void A_line_that_the_file_does_not_have_is_not_shown(int line) => Assert.Null(Find("shop/users.go", line));

    [Theory]
    [InlineData("main.loadUser", "main")]
    [InlineData("main.(*userStore).loadUser", "main")]
    [InlineData("main.loadUser.func1", "main")]
    [InlineData("example.org/x/shop.loadUser.func1.2", "example.org/x/shop")]
    [InlineData("gopkg.in/redis.v5.loadUser", "gopkg.in/redis.v5")]
    public void A_function_is_known_by_its_bare_name(string function, string package) =>
        Assert.NotNull(new SourceFolders([_root]).Find(new Frame(function, package, "shop/users.go", 4, FrameOwner.Application)));

    [Fact]
    public void Running_in_the_root_folder_does_not_open_every_file() => Assert.Null(new SourceFolders(["/"]).Find(
        new Frame("main.loadUser", "main", Path.Combine(_root, "shop", "users.go"), 4, FrameOwner.Application)));

    [Fact]
    public void A_root_that_does_not_exist_is_no_root() => Assert.Null(new SourceFolders([Path.Combine(_folder, "nowhere")]).Find(
        new Frame("main.loadUser", "main", "users.go", 1, FrameOwner.Application)));

    private SourceExcerpt? Find(string file, int line) =>
        new SourceFolders([_root]).Find(new Frame("main.(*userStore).loadUser", "main", file, line, FrameOwner.Application));
}
