namespace Plumb.Web.Tests.Browser;

/// <summary>
/// A test that looks at the page in a real browser. On a person's machine without Chromium or without a built page it is skipped; a build
/// job (<c>CI=true</c>) installs both, and fails when they are not there.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") is "true" or "1")
            return;

        if (Executable is null)
            Skip = "Chromium is not installed. Run: lab/install browser";
        else if (!WebServer.HasPage)
            Skip = "The page was not built: Node.js 18 or later with npm is missing. Run: lab/install browser";
    }

    public static string? Executable { get; } =
        new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
}
