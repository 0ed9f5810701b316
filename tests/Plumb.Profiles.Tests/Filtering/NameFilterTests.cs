using Plumb.Profiles.Filtering;
using Plumb.Profiles.Folded;

namespace Plumb.Profiles.Tests.Filtering;

public class NameFilterTests
{
    private static readonly Profile Stacks = FoldedText.Parse("""
        main;serve;decode 1
        main;serve;encode 2
        main;serve;decode;alloc 4
        main;idle 8
        """);

    [Fact]
    public void Focus_and_ignore_split_the_whole()
    {
        Assert.Equal("main;serve;decode 1\nmain;serve;decode;alloc 4\n", Seen(new NameFilter(Focus: NamePattern.Parse("decode"))));
        Assert.Equal("main;idle 8\nmain;serve;encode 2\n", Seen(new NameFilter(Ignore: NamePattern.Parse("decode"))));
    }

    [Fact]
    public void Ignore_wins_over_focus() =>
        Assert.Equal("main;serve;decode 1\n", Seen(new NameFilter(Focus: NamePattern.Parse("decode"), Ignore: NamePattern.Parse("alloc"))));

    [Fact]
    public void Hide_takes_frames_out_and_keeps_their_samples() =>
        Assert.Equal("main;decode 1\nmain;decode;alloc 4\nmain;encode 2\nmain;idle 8\n", Seen(new NameFilter(Hide: NamePattern.Parse("serve"))));

    [Fact]
    public void Show_leaves_only_what_matches_and_drops_samples_of_which_nothing_is_left() =>
        Assert.Equal("serve 3\nserve;alloc 4\n", Seen(new NameFilter(Show: NamePattern.Parse("serve|alloc"))));

    [Fact]
    public void Show_from_starts_stacks_at_the_match_nearest_to_the_root() =>
        Assert.Equal("serve;decode 1\nserve;decode;alloc 4\nserve;encode 2\n", Seen(new NameFilter(ShowFrom: NamePattern.Parse("serve|decode"))));

    [Theory]
    [InlineData("main", "main;serve;decode 1\nmain;serve;decode;alloc 4\nmain;serve;encode 2\nmain;idle 8\n")]
    [InlineData("alloc", "alloc 4\n")]
    [InlineData("serve|alloc", "serve;decode 1\nserve;decode;alloc 4\nserve;encode 2\n")]
    [InlineData("idle|alloc", "alloc 4\nidle 8\n")]
    [InlineData("nothing", "")]
    public void Show_from_drops_stacks_without_a_match(string pattern, string seen) =>
        Assert.Equal(Sorted(seen), Sorted(Seen(new NameFilter(ShowFrom: NamePattern.Parse(pattern)))));

    [Theory]
    [InlineData("inner", "inner 1\n")]
    [InlineData("middle", "middle;inner 1\n")]
    [InlineData("outer", "outer;middle;inner 1\n")]
    [InlineData("lib.so", "outer;middle;inner 1\n")]
    [InlineData("middle.c", "middle;inner 1\n")]
    public void Show_from_cuts_within_inlined_calls_and_sees_files_and_binaries(string pattern, string seen)
    {
        var builder = new ProfileBuilder(SampleType.Samples);
        MappingId library = builder.Mapping(new Mapping(1, 100, 0, "/lib.so", "")), program = builder.Mapping(new Mapping(100, 200, 0, "/program", ""));
        Line[] inlined = [new(builder.Function("inner", "inner.c"), 1), new(builder.Function("middle", "middle.c"), 2), new(builder.Function("outer", "outer.c"), 3)];
        LocationId leaf = builder.Location(1, library, inlined), root = builder.Location(150, program, [new(builder.Function("main", "main.c"), 1)]);
        builder.AddSample(builder.Stack([leaf, root]), [1]);

        ProfileSelection selection = new NameFilter(ShowFrom: NamePattern.Parse(pattern)).Apply(ProfileSelection.All(builder.Build()), out NameFilter.Hits hits);

        Assert.Equal(seen, FoldedText.Format(selection.ToProfile(), 0));
        Assert.True(hits.ShowFrom);
    }

    [Fact]
    public void Hidden_inlined_calls_leave_the_rest_of_their_location()
    {
        var builder = new ProfileBuilder(SampleType.Samples);
        Line inner = new(builder.Function("inner"), 1), middle = new(builder.Function("middle"), 2), outer = new(builder.Function("outer"), 3);
        builder.AddSample(builder.Stack([builder.Location(1, MappingId.None, [inner, middle, outer])]), [1]);
        Profile profile = builder.Build();

        ProfileSelection selection = new NameFilter(Hide: NamePattern.Parse("middle")).Apply(ProfileSelection.All(profile), out NameFilter.Hits hits);

        Assert.Equal("outer;inner 1\n", FoldedText.Format(selection.ToProfile(), 0));
        Assert.True(hits.Hide);
    }

    [Fact]
    public void A_pattern_that_matches_nothing_is_reported()
    {
        new NameFilter(Focus: NamePattern.Parse("nothing"), Hide: NamePattern.Parse("nothing")).Apply(ProfileSelection.All(Stacks), out NameFilter.Hits hits);

        Assert.Equal(new NameFilter.Hits(Focus: false, Ignore: true, Hide: false, Show: true, ShowFrom: true), hits);
    }

    [Fact]
    public void Prune_from_drops_what_the_leafmost_match_called_and_keeps_the_match()
    {
        ProfileSelection selection = FramePruning.PruneFrom(ProfileSelection.All(FoldedText.Parse("a;b;c;b;d 1")), NamePattern.Parse("^b$"));

        Assert.Equal("a;b;c;b 1\n", FoldedText.Format(selection.ToProfile(), 0));
    }

    [Fact]
    public void Drop_frames_cuts_at_the_first_match_from_the_root_but_never_the_whole_stack()
    {
        ProfileSelection selection = FramePruning.Drop(
            FoldedText.Parse("a;malloc;c;malloc;d 1\nmalloc;x 2"), NamePattern.ParseWhole("malloc")!, null);

        Assert.Equal("a 1\nmalloc;x 2\n", FoldedText.Format(selection.ToProfile(), 0));
    }

    private static string Sorted(string lines) => string.Join('\n', lines.Split('\n').Order(StringComparer.Ordinal));

    private static string Seen(NameFilter filter) =>
        FoldedText.Format(filter.Apply(ProfileSelection.All(Stacks), out _).ToProfile(), 0);
}
