using Plumb.Profiles.Symbols;

namespace Plumb.Profiles.Tests.Symbols;

public sealed class SymbolEditorTests
{
    [Fact]
    public void Samples_stacks_and_labels_are_those_of_the_profile_that_was_edited()
    {
        Profile before = Example();
        var editor = new SymbolEditor(before);
        editor.SetLines(new LocationId(0), [new Line(editor.Function("work", "work", "w.c", 3), 7, 2)]);
        Profile after = editor.Build();

        Assert.Same(before.Samples, after.Samples);
        Assert.Same(before.Stacks, after.Stacks);
        Assert.Equal("yes", after.Strings[after.Sample(0).Labels[0].Text]);
        Line line = Assert.Single(after.Locations.Lines(new LocationId(0)).ToArray());
        Assert.Equal(("work", "w.c", 3L, 7L, 2L), (after.Function(line.Function).Name, after.Function(line.Function).File, after.Function(line.Function).StartLine, line.Number, line.Column));
        Assert.Equal("known", after.Function(after.Locations.Lines(new LocationId(1))[0].Function).Name);
        Assert.True(before.Locations.Lines(new LocationId(0)).IsEmpty);
    }

    [Fact]
    public void Equal_functions_are_one_and_a_function_of_the_profile_is_found_again()
    {
        Profile before = Example();
        var editor = new SymbolEditor(before);

        Assert.Equal(new FunctionId(0), editor.Function("known", "known", "k.c", 0));
        Assert.Equal(editor.Function("new", "new", "", 0), editor.Function("new", "new", "", 0));
        Assert.Equal(2, editor.FunctionCount);
    }

    [Fact]
    public void A_renamed_function_keeps_the_name_that_the_linker_knows()
    {
        var editor = new SymbolEditor(Example());
        editor.Rename(new FunctionId(0), "pretty");
        Function function = editor.Build().Function(new FunctionId(0));

        Assert.Equal(("pretty", "known"), (function.Name, function.SystemName));
    }

    [Fact]
    public void A_profile_with_mappings_takes_no_mapping_for_everything() =>
        Assert.Throws<InvalidOperationException>(() => new SymbolEditor(Example()).SetOnlyMapping(Mapping.Unknown));

    private static Profile Example()
    {
        var builder = new ProfileBuilder(new SampleType("samples", "count"));
        MappingId mapping = builder.Mapping(new Mapping(0x1000, 0x2000, 0, "app", ""));
        LocationId bare = builder.Location(0x1100, mapping, []);
        LocationId known = builder.Location(0x1200, mapping, [new Line(builder.Function("known", "k.c"), 1)]);
        builder.AddSample(builder.Stack([bare, known]), [5], builder.LabelSet(new Label(builder.String("key"), builder.String("yes"), 0, default)));
        return builder.Build();
    }
}
