namespace Shop;

/// <summary>Takes customers' money.</summary>
internal sealed class Checkout(Catalogue catalogue, bool leaks)
{
    /// <returns>The sum that was paid.</returns>
    public async Task<int> PayAsync(int customer)
    {
        var basket = new Basket(catalogue); // leak: it stays
        catalogue.PricesChanged += basket.Reprice; // leak: for ever
        try
        {
            for (int i = 0; i < 5; i++)
                basket.Add(customer + i);
            await Task.Yield(); // The bank answers.
            return basket.Total;
        }
        finally
        {
            if (!leaks)
                catalogue.PricesChanged -= basket.Reprice;
        }
    }
}
