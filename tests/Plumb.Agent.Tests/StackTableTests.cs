using Plumb.Agent.Stacks;

namespace Plumb.Agent.Tests;

public sealed class StackTableTests
{
    private const ulong Chain = 42;

    [Fact]
    public void A_chain_is_known_once_its_stack_was_walked()
    {
        StackTable table = new(8, 64);
        Assert.Equal(-1, table.Find(Chain, out _));

        int stack = table.Intern(Chain, [3, 1]);

        Assert.Equal(stack, FirstAnswer(ref table));
        Assert.Equal(1, table.Count);
    }

    [Fact]
    public void A_known_chain_is_walked_again_now_and_then()
    {
        StackTable table = new(8, 64);
        table.Intern(Chain, [3, 1]);

        int walks = Enumerable.Range(0, 10_000).Count(_ => table.Find(Chain, out _) < 0);

        Assert.InRange(walks, 30, 100);
    }

    // Methods without a frame pointer are not in the chain: two stacks can have the same one.
    [Fact]
    public void A_chain_that_stands_for_two_stacks_is_walked_every_time_from_then_on()
    {
        StackTable table = new(8, 64);
        int first = table.Intern(Chain, [3, 1]);
        int second = table.Intern(Chain, [4, 1]);

        Assert.NotEqual(first, second);
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.Equal(-1, table.Find(Chain, out _)));
        Assert.Equal(first, table.Intern(Chain, [3, 1]));
    }

    [Fact]
    public void Equal_stacks_are_one_whatever_their_chains()
    {
        StackTable table = new(8, 64);

        Assert.Equal(table.Intern(1, [3, 1]), table.Intern(2, [3, 1]));
    }

    [Theory]
    [InlineData(2, 64)]
    [InlineData(8, 5)]
    public void Without_room_there_is_no_stack_and_what_is_there_stays(int stacks, int frames)
    {
        StackTable table = new(stacks, frames);
        int first = table.Intern(1, [1, 2]);
        int second = table.Intern(2, [3, 4]);

        Assert.Equal(-1, table.Intern(3, [5, 6]));
        Assert.Equal(first, table.Intern(1, [1, 2]));
        Assert.Equal(second, table.Intern(2, [3, 4]));
    }

    private static int FirstAnswer(ref StackTable table)
    {
        int answer = -1;
        for (int i = 0; i < 4 && answer < 0; i++)
            answer = table.Find(Chain, out _);
        return answer;
    }

    [Fact]
    public void Where_samples_of_a_chain_are_filed_is_remembered_with_it()
    {
        StackTable table = new(16, 64);
        _ = table.Intern(5, [1, 2]);
        _ = table.Find(5, out int unknown);

        table.Remember(5, 7);
        table.Remember(6, 8);

        Assert.Equal(-1, unknown);
        for (int i = 0; i < 10; i++)
        {
            _ = table.Find(5, out int site);
            Assert.Equal(7, site);
        }

        Assert.Equal(-1, table.Find(6, out int none));
        Assert.Equal(-1, none);
    }
}
