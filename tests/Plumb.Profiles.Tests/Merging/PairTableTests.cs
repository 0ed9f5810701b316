using Plumb.Profiles.Merging;

namespace Plumb.Profiles.Tests.Merging;

public sealed class PairTableTests
{
    [Fact]
    public void Pairs_get_dense_ids_in_the_order_of_their_first_appearance_whatever_their_numbers()
    {
        var random = new Random(11);
        var table = new PairTable();
        var expected = new Dictionary<(int, int), int>();
        for (int i = 0; i < 20_000; i++)
        {
            (int first, int second) pair = (random.Next(2_000), random.Next(12));
            bool isKnown = expected.TryGetValue(pair, out int id);
            if (!isKnown)
                expected.Add(pair, id = expected.Count);

            Assert.Equal(id, table.Intern(pair.first, pair.second, out bool known));
            Assert.Equal(isKnown, known);
        }

        Assert.Equal(expected.Count, table.Count);
    }

    [Fact]
    public void Room_made_before_changes_no_id()
    {
        var table = new PairTable();
        table.Intern(3, 0, out _);
        table.Reserve(1_000);
        table.Intern(3, 1, out _);

        Assert.Equal(0, table.Intern(3, 0, out bool known));
        Assert.True(known);
        Assert.Equal(2, table.Intern(999, 0, out _));
    }
}
