namespace Shop;

/// <summary>What one customer is about to buy.</summary>
internal sealed class Basket
{
    private const int Places = 256;

    private readonly Catalogue _catalogue;
    private readonly (int Product, int Price)[] _lines = new (int, int)[Places];
    private int _count;

    public Basket(Catalogue catalogue) => _catalogue = catalogue;

    public int Total => _lines.Take(_count).Sum(line => line.Price);

    public void Add(int product) => _lines[_count++] = (product, _catalogue.PriceOf(product));

    public void Reprice(object? sender, EventArgs e)
    {
        for (int i = 0; i < _count; i++)
            _lines[i].Price = _catalogue.PriceOf(_lines[i].Product);
    }
}
