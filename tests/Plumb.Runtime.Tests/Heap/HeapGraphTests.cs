using Plumb.Runtime.Heap;

namespace Plumb.Runtime.Tests.Heap;

public sealed class HeapGraphTests
{
    private const ulong TypeA = 7;
    private const ulong TypeB = 8;
    private static readonly Holder s_handle = new(HolderKind.Handle);
    private static readonly Holder s_near = new(HolderKind.StaticField, "s_near", TypeA);
    private static readonly Holder s_far = new(HolderKind.StaticField, "s_far", TypeA);

    [Fact]
    public void The_nearest_static_field_holds_an_object_that_others_hold_too()
    {
        // s_far → 1 → 2 → 3, s_near → 2, a handle → 3
        HeapGraph graph = Chain();
        graph.AddRoot(3, s_handle);
        graph.AddRoot(1, s_far);
        graph.AddRoot(2, s_near);

        Assert.Equal([new(TypeA, s_far, 1, 10), new(TypeA, s_near, 2, 20)], graph.Counts().OrderBy(count => count.Objects));
    }

    [Fact]
    public void What_no_root_leads_to_is_told_as_held_by_nothing_known()
    {
        HeapGraph graph = Chain();
        graph.AddRoot(2, s_handle);
        graph.AddRoot(99, s_near);

        Assert.Equal([new(TypeA, new Holder(HolderKind.None), 1, 10), new(TypeA, s_handle, 2, 20)], graph.Counts().OrderBy(count => count.Objects));
    }

    [Fact]
    public void A_dependent_value_lives_by_its_key_and_circles_come_to_an_end()
    {
        var graph = new HeapGraph(10);
        graph.AddObject(1, TypeA, 10, references: 1);
        graph.AddObject(2, TypeB, 5, references: 1);
        graph.AddReference(1);
        graph.AddReference(1);
        graph.AddDependent(key: 1, value: 2);
        graph.AddDependent(key: 50, value: 2);
        graph.AddRoot(1, s_near);

        Assert.True(graph.IsWhole);
        Assert.Equal([new(TypeA, s_near, 1, 10), new(TypeB, s_near, 1, 5)], graph.Counts().OrderBy(count => count.Type));
    }

    [Theory]
    [InlineData(2UL)]
    [InlineData(ulong.MaxValue)]
    public void A_reference_that_is_missing_or_cannot_be_means_that_nothing_is_known(ulong references)
    {
        var graph = new HeapGraph(10);
        graph.AddObject(1, TypeA, 10, references);
        graph.AddReference(1);

        Assert.False(graph.IsWhole);
    }

    [Fact]
    public void A_heap_beyond_the_bound_is_not_kept()
    {
        var graph = new HeapGraph(2);
        for (ulong address = 1; address < 1000; address++)
        {
            graph.AddObject(address, TypeA, 10, references: 0);
            graph.AddRoot(address, s_handle);
        }

        Assert.False(graph.IsWhole);
        Assert.Empty(graph.Counts());
    }

    // References are told in blocks of their own, which may come before those of the objects.
    private static HeapGraph Chain()
    {
        var graph = new HeapGraph(10);
        graph.AddReference(2);
        graph.AddReference(3);
        graph.AddObject(1, TypeA, 10, references: 1);
        graph.AddObject(2, TypeA, 10, references: 1);
        graph.AddObject(3, TypeA, 10, references: 0);
        return graph;
    }
}
