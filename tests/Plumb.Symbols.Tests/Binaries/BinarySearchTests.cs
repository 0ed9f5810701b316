using Plumb.Profiles;
using Plumb.Symbols.Binaries;
using Plumb.Symbols.Tests.Elf;
using Plumb.Symbols.Tests.Programs;

namespace Plumb.Symbols.Tests.Binaries;

public sealed class BinarySearchTests
{
    private const string Id = "deadbeef01";

    [Theory]
    [InlineData("deadbeef01/app")]
    [InlineData("deadbeef01/renamed")]
    [InlineData("srv/bin/app/deadbeef01")]
    [InlineData("de/adbeef01.debug")]
    [InlineData("app")]
    [InlineData("srv/bin/app")]
    [InlineData("srv/bin/app.debug")]
    [InlineData("srv/bin/.debug/app.debug")]
    [InlineData("usr/lib/debug/srv/bin/app.debug")]
    public void Binaries_are_found_where_perf_LLVM_and_GDB_keep_them(string place)
    {
        using var folder = new TestFolder();
        string file = WriteBinary(folder, place);

        Assert.Equal(file, Search(folder).Find(new Mapping(0x1000, 0x2000, 0, "/srv/bin/app", Id), []));
    }

    [Fact]
    public void A_binary_of_another_build_is_passed_over_and_told()
    {
        using var folder = new TestFolder();
        string file = WriteBinary(folder, "app");
        var notes = new List<string>();

        Assert.Null(Search(folder).Find(new Mapping(0x1000, 0x2000, 0, "/srv/bin/app", "0123"), notes));
        Assert.Equal($"Ignoring local file {file}: build-id mismatch (0123 != {Id})", Assert.Single(notes));
    }

    [Theory]
    [InlineData("/../outside/app", "")]
    [InlineData("/srv/app", "../outside")]
    [InlineData("/srv/app", "/..")]
    public void What_a_profile_names_never_leads_out_of_the_folder(string file, string buildId)
    {
        using var folder = new TestFolder();
        WriteBinary(folder, "outside/app");
        Directory.CreateDirectory(folder.File("binaries"));

        Assert.Null(new BinarySearch(folder.File("binaries"), "", folder.Path).Find(new Mapping(0x1000, 0x2000, 0, file, buildId), []));
    }

    [Fact]
    public void Without_a_path_the_folder_in_the_home_is_searched()
    {
        using var folder = new TestFolder();
        string file = WriteBinary(folder, "pprof/binaries/app");

        Assert.Equal(file, new BinarySearch("", folder.Path, folder.Path).Find(new Mapping(0x1000, 0x2000, 0, "app", ""), []));
    }

    [Fact]
    public void The_binary_and_build_id_that_the_user_names_are_those_of_the_first_mapping()
    {
        using var folder = new TestFolder();
        Profile profile = CProgram.Profile(new Mapping(0x1000, 0x2000, 0, "/srv/app", ""), 0x1100);

        Profile located = Search(folder).Locate(profile, "/opt/app/main", "abc", []);

        Assert.Equal(("/opt/app/main", "abc"), (located.Mappings.Rows[0].File, located.Mappings.Rows[0].BuildId));
        Assert.Equal(1, located.Samples.Count);
        Assert.Same(profile, Search(folder).Locate(profile, "", "", []));
    }

    [Fact]
    public void A_profile_without_mappings_gets_the_binary_that_the_user_names()
    {
        using var folder = new TestFolder();
        var builder = new ProfileBuilder(new SampleType("samples", "count"));
        builder.AddSample(builder.Stack([builder.Location(0x1234, MappingId.None, [])]), [1]);

        Profile located = Search(folder).Locate(builder.Build(), "/opt/app/main", "", []);

        Assert.Equal("/opt/app/main", located.Mappings[located.Locations.Mappings[0]].File);
    }

    private static BinarySearch Search(TestFolder folder) => new(folder.Path, "", folder.Path);

    private static string WriteBinary(TestFolder folder, string place)
    {
        folder.Write(place, "");
        File.WriteAllBytes(folder.File(place), new ElfImage(true, true).Build());
        return folder.File(place);
    }
}
