namespace Plumb.Agent.Tests;

public sealed class HashIndexTests
{
    [Fact]
    public void Every_key_finds_its_row_when_the_index_is_full()
    {
        const int Rows = 1024;
        HashIndex index = new(Rows);
        for (int row = 0; row < Rows; row++)
            index.Add((ulong)row << 32, row);

        for (int row = 0; row < Rows; row++)
            Assert.Equal(row, index.Find((ulong)row << 32));
        Assert.Equal(-1, index.Find(7));
    }

    [Fact]
    public void The_order_of_folded_words_counts()
    {
        Assert.NotEqual(HashIndex.Fold(HashIndex.Fold(0, 1), 2), HashIndex.Fold(HashIndex.Fold(0, 2), 1));
    }
}
