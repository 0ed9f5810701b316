using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Tests.Stacks;

public sealed class WaitStatesTests
{
    [Theory]
    [InlineData("chan send", WaitState.ChanSend)]
    [InlineData("chan receive (nil chan)", WaitState.ChanReceive)]
    [InlineData("chan send (leaked)", WaitState.ChanSend)]
    [InlineData("select (no cases)", WaitState.SelectForever)]
    [InlineData("semacquire", WaitState.Semaphore)]
    [InlineData("sync.Mutex.Lock", WaitState.Mutex)]
    [InlineData("sync.WaitGroup.Wait", WaitState.WaitGroup)]
    [InlineData("running", WaitState.Unknown)]
    [InlineData("something new", WaitState.Unknown)]
    public void The_words_of_every_version_give_the_same_class(string words, WaitState state)
    {
        Assert.Equal(state, WaitStates.FromDump(words));
    }

    [Fact]
    public void A_profile_and_a_dump_give_the_same_stack_the_same_key()
    {
        var catalog = new StackCatalog(100);
        int[] profile = [Id("runtime.gopark"), Id("runtime.chansend"), Id("runtime.chansend1"), Id("main.ask"), Id("main.main"), Id("runtime.main")];
        int[] dump = [Id("main.ask"), Id("main.main")];

        var fromProfile = StackNormalizer.Intern(catalog, profile, goroutines: true, stateWords: null);
        var fromDump = StackNormalizer.Intern(catalog, dump, goroutines: true, stateWords: "chan send");

        Assert.NotNull(fromProfile);
        Assert.Equal(fromProfile, fromDump);
        Assert.Equal(WaitState.ChanSend, catalog.State(fromProfile.Value));

        int Id(string function) => catalog.FrameId(function, "f.go", 1);
    }

    [Theory]
    [InlineData("sync.runtime_SemacquireMutex", "sync.(*Mutex).lockSlow", WaitState.Mutex)]
    [InlineData("internal/sync.runtime_SemacquireMutex", "internal/sync.(*Mutex).lockSlow", WaitState.Mutex)]
    [InlineData("sync.runtime_Semacquire", "sync.(*WaitGroup).Wait", WaitState.WaitGroup)]
    [InlineData("runtime.goparkunlock", "sync.runtime_notifyListWait", WaitState.Cond)]
    [InlineData("runtime.netpollblock", "internal/poll.runtime_pollWait", WaitState.IoWait)]
    [InlineData("runtime.gopark", "time.Sleep", WaitState.Sleep)]
    public void The_frames_tell_the_class_without_a_dump(string leaf, string next, WaitState state)
    {
        var catalog = new StackCatalog(100);
        int[] frames = [.. new[] { "runtime.gopark", leaf, next, "main.work" }.Select(f => catalog.FrameId(f, "f.go", 1))];

        var key = StackNormalizer.Intern(catalog, frames, goroutines: true, stateWords: null);

        Assert.Equal(state, catalog.State(key!.Value));
    }

    [Fact]
    public void Whoever_reads_the_profile_is_not_in_the_series()
    {
        var catalog = new StackCatalog(100);
        int[] frames = [catalog.FrameId("runtime/pprof.writeGoroutine", "", 0), catalog.FrameId("net/http.(*conn).serve", "", 0)];

        Assert.Null(StackNormalizer.Intern(catalog, frames, goroutines: true, stateWords: null));
    }

    [Fact]
    public void A_full_catalog_counts_what_it_refuses()
    {
        var catalog = new StackCatalog(1);
        catalog.Intern(WaitState.Unknown, [catalog.FrameId("main.a", "", 1)]);

        Assert.Null(catalog.Intern(WaitState.Unknown, [catalog.FrameId("main.b", "", 1)]));
        Assert.Equal(1, catalog.Refused);
    }
}
