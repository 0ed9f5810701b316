using System.ComponentModel;
using System.Diagnostics;

namespace Plumb.Cli.Web;

/// <summary>Opens a page in the user's browser.</summary>
internal static class BrowserWindow
{
    /// <param name="address">Of the page.</param>
    /// <param name="environment">Reads a variable of the environment: <c>BROWSER</c> names a command.</param>
    /// <remarks>Not finding a browser is no failure: the address was printed.</remarks>
    public static void Open(Uri address, Func<string, string?> environment)
    {
        string[] candidates = environment("BROWSER") is { Length: > 0 } chosen ? [chosen]
            : OperatingSystem.IsMacOS() ? ["open"]
            : ["xdg-open", "sensible-browser"];
        foreach (string command in candidates)
        {
            try
            {
                using Process? process = Process.Start(new ProcessStartInfo(command, [address.AbsoluteUri])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                });
                return;
            }
            catch (Win32Exception)
            {
                // Not installed: the next one may be.
            }
        }
    }
}
