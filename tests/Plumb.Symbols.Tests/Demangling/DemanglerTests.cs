using Plumb.Profiles;
using Plumb.Symbols.Demangling;
using Plumb.Symbols.Tests.Programs;
using Plumb.Symbols.Tools;

namespace Plumb.Symbols.Tests.Demangling;

public sealed class DemanglerTests
{
    private const string Mangled = "_ZN2ns3barIiEET_S1_";

    [NeedsFact("c++filt")]
    public async Task All_names_go_through_one_run_and_come_back_in_order()
    {
        string[] names = [.. Enumerable.Range(0, 5000).SelectMany(i => new[] { $"_Z{Digits(i)}{Name(i)}v", $"plain{i}" })];

        string?[] demangled = await new Demangler(Toolbox.Find("", SearchPath)).DemangleAsync(names, DemangleMode.Simplified);

        for (int i = 0; i < 5000; i++)
            Assert.Equal((Name(i), null), (demangled[2 * i], demangled[(2 * i) + 1]));

        static string Name(int i) => $"function_number_{i}";
        static int Digits(int i) => Name(i).Length;
    }

    [NeedsFact("c++filt")]
    public async Task A_mode_says_how_much_of_a_name_is_shown()
    {
        Assert.Equal("ns::bar", await NameAsync("", Mangled, Mangled));
        Assert.Equal("ns::bar<int>", await NameAsync("demangle=templates", Mangled, Mangled));
        Assert.Equal("int ns::bar<int>(int)", await NameAsync("demangle=full", Mangled, Mangled));
        Assert.Equal(Mangled, await NameAsync("demangle=none", "shown before", Mangled));
        Assert.Equal(Mangled, await NameAsync("none", Mangled, Mangled));
    }

    [NeedsFact("c++filt")]
    public async Task Names_of_Rust_keep_their_types()
    {
        const string Old = "_ZN60_$LT$alloc..vec..Vec$LT$T$GT$$u20$as$u20$core..ops..Drop$GT$4drop17h0123456789abcdefE";

        Assert.Equal("<alloc::vec::Vec<T> as core::ops::Drop>::drop", await NameAsync("", Old, Old));
        Assert.Equal("r::shop::total::<u32>", await NameAsync("", "_RINvNtCs6GmmlP4bgsG_1r4shop5totalmEB4_", "_RINvNtCs6GmmlP4bgsG_1r4shop5totalmEB4_"));
    }

    [NeedsFact("c++filt")]
    public async Task A_name_that_the_writer_chose_stays_unless_force_is_said()
    {
        Assert.Equal("chosen", await NameAsync("", "chosen", Mangled));
        Assert.Equal("ns::bar", await NameAsync("force", "chosen", Mangled));
    }

    [Fact]
    public async Task Without_a_demangler_names_stay()
    {
        Assert.All(await new Demangler(new Toolbox()).DemangleAsync([Mangled], DemangleMode.Full), Assert.Null);
    }

    private static string SearchPath => Environment.GetEnvironmentVariable("PATH") ?? "";

    private static async Task<string> NameAsync(string mode, string name, string systemName)
    {
        var builder = new ProfileBuilder(new SampleType("samples", "count"));
        builder.AddSample(builder.Stack([builder.Location(builder.Function(name, systemName: systemName))]), [1]);
        Profile profile = await new Symbolizer(Toolbox.Find("", SearchPath)).SymbolizeAsync(builder.Build(), SymbolizeMode.Parse(mode, []), [], []);
        return profile.Function(new FunctionId(0)).Name;
    }
}
