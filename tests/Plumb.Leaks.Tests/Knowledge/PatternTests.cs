using Plumb.Leaks.Knowledge;

namespace Plumb.Leaks.Tests.Knowledge;

public sealed class PatternTests
{
    public static TheoryData<string> Ids => [.. KnowledgeBase.Patterns.Select(p => p.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_pattern_explains_its_fixture_better_than_any_other(string id)
    {
        var best = KnowledgeBase.Best(Fixture(id, "match"));

        Assert.NotNull(best);
        Assert.Equal(id, best.Value.Pattern.Id);
        Assert.NotEmpty(best.Value.Match.Evidence);
    }

    public static TheoryData<string> Recorded => [.. KnowledgeBase.Patterns.Select(p => p.Id).Where(id => File.Exists(Path.Combine(Folder, id, "recorded.txt")))];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void A_pattern_explains_what_was_recorded_of_a_service_that_leaks_so(string id)
    {
        var best = KnowledgeBase.Best(Fixture(id, "recorded"));

        Assert.Equal(id, best?.Pattern.Id);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_pattern_says_no_to_what_only_looks_alike(string id)
    {
        Assert.Equal(PatternVerdict.No, Pattern(id).Judge(Fixture(id, "other")).Verdict);
    }

    [Fact]
    public void Ids_are_unique_and_every_fixture_belongs_to_one()
    {
        var ids = KnowledgeBase.Patterns.Select(p => p.Id).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(ids.Order(StringComparer.Ordinal), Directory.GetDirectories(Folder).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_pattern_says_what_happens_why_and_what_to_do(string id)
    {
        var pattern = Pattern(id);

        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", pattern.Id);
        Assert.False(pattern.Title.EndsWith('.'));
        Assert.True(pattern.Cause.Length > 40 && pattern.Remedy.Length > 20);
        Assert.StartsWith("https://", pattern.Reference, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transport_that_is_copied_for_each_request_is_blamed_on_the_copy_not_on_its_first_use()
    {
        var facts = FactsFixture.Parse("""
            goroutine [IO wait] +100
                bufio.(*Reader).Peek
                net/http.(*persistConn).readLoop
            heap +5000000
                net/http.(*Transport).onceSetNextProtoDefaults
                net/http.(*Client).Get
                main.(*bank).ask
            process heap +500000
                net/http.(*Transport).Clone
                main.newClient
            process heap +0
                net/http.(*Transport).Clone
                main.main
            figures fds fds.socket
            """);

        Assert.Equal("main.newClient", KnowledgeBase.Best(facts)?.Match.Anchor?.Function);
    }

    [Fact]
    public void Sockets_that_rise_in_a_process_that_only_asks_a_database_are_result_sets_that_stay_open()
    {
        var facts = FactsFixture.Parse("""
            process goroutine [select] +0
                database/sql.(*DB).connectionOpener
            process heap +0
                database/sql.(*DB).QueryContext
                main.(*store).oldest
            figures fds fds.socket
            """);

        Assert.Equal("sql-rows-not-closed", KnowledgeBase.Best(facts)?.Pattern.Id);
    }

    [Theory]
    [InlineData("gopkg.in/redis.v5/internal/pool")]
    [InlineData("github.com/go-redis/redis/internal/pool")]
    [InlineData("github.com/go-redis/redis/v8/internal/pool")]
    [InlineData("github.com/redis/go-redis/v9/internal/pool")]
    [InlineData("github.com/acme/shop/vendor/gopkg.in/redis.v5/internal/pool")]
    public void A_library_is_recognised_however_it_was_imported(string package)
    {
        var facts = FactsFixture.Parse($"goroutine [select] +10\n  {package}.(*ConnPool).reaper\n");

        Assert.Equal("redis-client-per-request", KnowledgeBase.Best(facts)?.Pattern.Id);
    }

    [Theory]
    [InlineData("github.com/acme/notredis/internal/pool")]
    [InlineData("github.com/acme/redis/internal/pools")]
    public void A_library_of_a_similar_name_is_not(string package)
    {
        var facts = FactsFixture.Parse($"goroutine [select] +10\n  {package}.(*ConnPool).reaper\n");

        Assert.NotEqual("redis-client-per-request", KnowledgeBase.Best(facts)?.Pattern.Id);
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Knowledge", "Fixtures");

    private static LeakPattern Pattern(string id) => KnowledgeBase.Patterns.Single(p => p.Id == id);

    private static SuspectFacts Fixture(string id, string name) =>
        FactsFixture.Parse(File.ReadAllText(Path.Combine(Folder, id, name + ".txt")), isDotNet: id.StartsWith("dotnet-", StringComparison.Ordinal));
}
