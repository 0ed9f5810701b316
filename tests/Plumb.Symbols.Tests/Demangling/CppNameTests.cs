using Plumb.Symbols.Demangling;

namespace Plumb.Symbols.Tests.Demangling;

public sealed class CppNameTests
{
    [Theory]
    [InlineData("foo", "foo")]
    [InlineData("foo(int)", "foo")]
    [InlineData("int ns::bar<int>(int)", "ns::bar")]
    [InlineData("ns::C::get() const", "ns::C::get")]
    [InlineData("(anonymous namespace)::Foo::operator()(int) const", "(anonymous namespace)::Foo::operator()")]
    [InlineData("std::ostream& operator<< <char>(std::ostream&, char const*)", "operator<<")]
    [InlineData("bool operator< <int>(A<int> const&, A<int> const&)", "operator<")]
    [InlineData("std::vector<int, std::allocator<int> >::push_back(int const&)", "std::vector::push_back")]
    [InlineData("void std::__sort<int*, bool (*)(int, int)>(int*, int*, bool (*)(int, int))", "std::__sort")]
    [InlineData("main::{lambda(int)#1}::operator()(int) const", "main::{lambda(int)#1}::operator()")]
    [InlineData("run(int)::{lambda()#2}::operator()() const", "run::{lambda()#2}::operator()")]
    [InlineData("operator new(unsigned long)", "operator new")]
    [InlineData("C::operator unsigned long() const", "C::operator unsigned long")]
    [InlineData("std::__cxx11::to_string[abi:cxx11](int)", "std::__cxx11::to_string[abi:cxx11]")]
    [InlineData("vtable for ns::C<int>", "vtable for ns::C")]
    [InlineData("non-virtual thunk to ns::C::run(int)", "non-virtual thunk to ns::C::run")]
    [InlineData("A::operator->() const", "A::operator->")]
    [InlineData("unbalanced<(", "unbalanced")]
    public void Parameters_return_types_and_template_arguments_go(string full, string expected) =>
        Assert.Equal(expected, CppName.Simplify(full, keepTemplates: false));

    [Theory]
    [InlineData("int ns::bar<int>(int)", "ns::bar<int>")]
    [InlineData("std::vector<int, std::allocator<int> >::push_back(int const&)", "std::vector<int, std::allocator<int> >::push_back")]
    [InlineData("void call<std::function<void (int)> >(std::function<void (int)>)", "call<std::function<void (int)> >")]
    public void Template_arguments_stay_when_they_are_asked_for(string full, string expected) =>
        Assert.Equal(expected, CppName.Simplify(full, keepTemplates: true));

    [Theory]
    [InlineData("_Z3foov", true)]
    [InlineData("__Z3foov", true)]
    [InlineData("____Z3foov_block_invoke", true)]
    [InlineData("_RNvC6_123foo3bar", true)]
    [InlineData("_Z", false)]
    [InlineData("_start", false)]
    [InlineData("main.Foo", false)]
    [InlineData("_Z3foo v\nx", false)]
    public void Only_names_made_as_compilers_make_them_are_given_to_the_tool(string name, bool expected) =>
        Assert.Equal(expected, Demangler.IsMangled(name));

    [Theory]
    [InlineData("java.util.ArrayList.<init>", "java.util.ArrayList.<init>")]
    [InlineData("main.(*List[...]).Push", "main.(*List[...]).Push")]
    [InlineData("main.work", "main.work")]
    [InlineData("ns::f<int>(int)", "ns::f")]
    [InlineData("ns::f)(", "ns::f)(")]
    public void A_name_that_came_demangled_is_made_short_only_if_it_is_of_Cpp(string name, string expected) =>
        Assert.Equal(expected, DemangledText.Simplify(name, DemangleMode.Simplified));

    [Theory]
    [InlineData("shop[4dd80272b5a2d1fc]::total::<u32>", "shop::total::<u32>")]
    [InlineData("<shop[4dd80272b5a2d1fc]::Cart as core[1f]::fmt::Display>::fmt", "<shop::Cart as core::fmt::Display>::fmt")]
    [InlineData("shop[4dd80272b5a2d1fc]::sum::<&[f32]>", "shop::sum::<&[f32]>")]
    public void A_new_name_of_Rust_loses_the_hashes_of_its_crates_and_nothing_else(string demangled, string shown) =>
        Assert.Equal(shown, RustName.Readable("_RINvNtCs6GmmlP4bgsG_4shop5totalmE", demangled));

    [Fact]
    public void An_old_name_of_Rust_loses_its_hash_and_gets_its_characters_back() =>
        Assert.Equal("<alloc::vec::Vec<T> as core::ops::Drop>::drop", RustName.Readable(
            "_ZN66_$LT$alloc..vec..Vec$LT$T$GT$$u20$as$u20$core..ops..Drop$GT$4drop17h0123456789abcdefE",
            "_$LT$alloc..vec..Vec$LT$T$GT$$u20$as$u20$core..ops..Drop$GT$::drop::h0123456789abcdef"));
}
