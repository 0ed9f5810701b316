using Plumb.Cli.Leaks;
using Plumb.Profiles;
using Plumb.Web;
using Plumb.Web.Services;

namespace Plumb.Cli.Web;

/// <summary>Serves the page about a service, and tells where it is.</summary>
internal static class ServicePage
{
    /// <param name="command">The word behind "plumb", before what is told.</param>
    /// <param name="site">What is shown.</param>
    /// <param name="page">Where.</param>
    /// <param name="cancellation">Ends it before it is there.</param>
    /// <exception cref="LeaksException">The address cannot be listened on.</exception>
    public static async Task<WebServer> StartAsync(string command, ServiceSite site, PageOptions page, CancellationToken cancellation)
    {
        try
        {
            WebServer server = await WebServer.StartAsync(page.Address, site, cancellation).ConfigureAwait(false);
            Say(command, $"the page is at {server.Address}");
            if (!page.Address.IsLocal)
            {
                Say(command, "Every machine that can reach this one may ask for the page. Whoever has its address sees what is found.");
            }

            if (page.OpensBrowser)
            {
                BrowserWindow.Open(server.Address, Environment.GetEnvironmentVariable);
            }

            return server;
        }
        catch (IOException failed)
        {
            throw new LeaksException(failed.Message, "Choose another port with --http, or :0 for any that is free.");
        }
    }

    public static void Say(string command, string text) => Console.Error.WriteLine($"plumb {command}: {TerminalText.Escape(text)}");
}
