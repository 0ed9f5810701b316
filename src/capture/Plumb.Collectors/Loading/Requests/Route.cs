namespace Plumb.Collectors.Loading.Requests;

/// <summary>What a service treats alike: one handler, as far as can be told from outside.</summary>
/// <param name="Name">Method and path, with variable parts in braces: <c>GET /users/{id}</c>.</param>
/// <param name="Requests">At least one request that it serves; they take turns.</param>
public sealed record Route(string Name, IReadOnlyList<RequestTemplate> Requests)
{
    public const int MaxRoutes = 256;

    /// <summary>Whether all requests only ask.</summary>
    public bool IsSafe => Requests.All(request => request.IsSafe);
}
