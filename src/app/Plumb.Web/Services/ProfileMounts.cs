using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Plumb.Web.Services;

/// <summary>
/// The pages about single profiles below the page about their service: <c>/p/NAME/</c> is to that profile what <c>/</c> is to the only one of
/// <c>plumb pprof -http</c>. A few are kept open, and the one that was not asked for longest makes room.
/// </summary>
/// <param name="services">Of the server.</param>
/// <param name="open">Finds a profile by its name.</param>
/// <param name="map">Adds the addresses of everything about one profile.</param>
internal sealed class ProfileMounts(IServiceProvider services, Func<string, ProfileSession?> open, Action<IEndpointRouteBuilder, ProfileSession> map)
{
    private const string Prefix = "/p/";
    private const int MaxOpen = 4;
    private const int MaxName = 60;

    private readonly Lock _lock = new();
    private readonly LinkedList<(string Name, Lazy<RequestDelegate?> Pages)> _newestFirst = [];

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        string path = context.Request.Path.Value ?? "";
        int end = path.StartsWith(Prefix, StringComparison.Ordinal) ? path.IndexOf('/', Prefix.Length) : -1;
        if (end < 0)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        string name = path[Prefix.Length..end];
        // Opening decodes or compares: that is nothing for the thread that serves connections.
        RequestDelegate? pages = IsName(name) ? await Task.Run(() => Find(name).Value, context.RequestAborted).ConfigureAwait(false) : null;
        if (pages is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync("There is no such profile. Go back, and choose another.\n", context.RequestAborted).ConfigureAwait(false);
            return;
        }

        context.Request.PathBase += path[..end];
        context.Request.Path = path[end..];
        await pages(context).ConfigureAwait(false);
    }

    private static bool IsName(string name) => name.Length is > 0 and <= MaxName && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private Lazy<RequestDelegate?> Find(string name)
    {
        lock (_lock)
        {
            LinkedListNode<(string Name, Lazy<RequestDelegate?> Pages)>? node = _newestFirst.First;
            while (node is not null && node.Value.Name != name)
                node = node.Next;

            if (node is null)
            {
                node = new LinkedListNode<(string, Lazy<RequestDelegate?>)>((name, new Lazy<RequestDelegate?>(() => Make(name))));
                if (_newestFirst.Count >= MaxOpen)
                    _newestFirst.RemoveLast();
            }
            else
            {
                _newestFirst.Remove(node);
            }

            _newestFirst.AddFirst(node);
            return node.Value.Pages;
        }
    }

    // Null stays null only as long as it is kept: a profile may be there later.
    private RequestDelegate? Make(string name)
    {
        if (open(name) is not { } session)
        {
            Forget(name);
            return null;
        }

        var branch = new ApplicationBuilder(services);
        branch.UseRouting();
        branch.UseEndpoints(endpoints => map(endpoints, session));
        return branch.Build();
    }

    private void Forget(string name)
    {
        lock (_lock)
        {
            for (LinkedListNode<(string Name, Lazy<RequestDelegate?>)>? node = _newestFirst.First; node is not null; node = node.Next)
            {
                if (node.Value.Name != name)
                    continue;

                _newestFirst.Remove(node);
                return;
            }
        }
    }
}
