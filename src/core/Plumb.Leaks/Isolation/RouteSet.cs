namespace Plumb.Leaks.Isolation;

/// <summary>Some of the routes, by number; ordered, each once, and unchanging.</summary>
internal sealed class RouteSet : IEquatable<RouteSet>
{
    private readonly int[] _routes;

    private RouteSet(int[] routes) => _routes = routes;

    public static RouteSet Empty { get; } = new([]);

    public int Count => _routes.Length;

    public IReadOnlyList<int> Routes => _routes;

    public static RouteSet Of(IEnumerable<int> routes) => new([.. routes.Distinct().Order()]);

    public static RouteSet Range(int count) => new([.. Enumerable.Range(0, count)]);

    public bool Contains(int route) => Array.BinarySearch(_routes, route) >= 0;

    public RouteSet Union(RouteSet other) => Of(_routes.Concat(other._routes));

    public RouteSet Except(RouteSet other) => new(Array.FindAll(_routes, route => !other.Contains(route)));

    public bool IsSubsetOf(RouteSet other) => Array.TrueForAll(_routes, other.Contains);

    /// <summary>Two parts that differ by one at most.</summary>
    public (RouteSet First, RouteSet Second) Halves()
    {
        int half = (Count + 1) / 2;
        return (new RouteSet(_routes[..half]), new RouteSet(_routes[half..]));
    }

    public bool Equals(RouteSet? other) => other is not null && _routes.AsSpan().SequenceEqual(other._routes);

    public override bool Equals(object? obj) => Equals(obj as RouteSet);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (int route in _routes)
        {
            hash.Add(route);
        }

        return hash.ToHashCode();
    }
}
