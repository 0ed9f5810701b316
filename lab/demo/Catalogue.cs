namespace Shop;

/// <summary>What there is to buy. It lives as long as the shop.</summary>
internal sealed class Catalogue
{
    private int _today = 100;

    /// <summary>Prices are other ones from now on.</summary>
    public event EventHandler? PricesChanged;

    public int PriceOf(int product) => _today + (product % 50);

    public void Reprice(int today)
    {
        _today = today;
        PricesChanged?.Invoke(this, EventArgs.Empty);
    }
}
