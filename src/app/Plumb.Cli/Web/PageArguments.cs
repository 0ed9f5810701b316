using System.CommandLine;
using Plumb.Web;
using Plumb.Web.Serving;

namespace Plumb.Cli.Web;

/// <summary>The options of a command that can show what it does in the browser.</summary>
internal sealed class PageArguments
{
    private readonly Option<ListenAddress?> _http = new("--http")
    {
        Description = "Show it in the browser too: [host]:[port], as --http=:8081.",
        HelpName = "ADDRESS",
        CustomParser = result =>
        {
            try
            {
                return ListenAddress.Parse(result.Tokens[0].Value);
            }
            catch (FormatException wrong)
            {
                result.AddError(wrong.Message);
                return null;
            }
        },
    };

    private readonly Option<bool> _noBrowser = new("--no-browser") { Description = "With --http: only print the address of the page." };

    public void AddTo(Command command)
    {
        command.Options.Add(_http);
        command.Options.Add(_noBrowser);
    }

    /// <summary>What is wrong; null for nothing.</summary>
    public string? Problem(ParseResult result) => result.GetValue(_http) is not null && !WebServer.HasPage
        ? "the browser view was left out when Plumb was built: install Node.js 18 or later with npm, and build again"
        : null;

    /// <summary>Where the page is to be; null for nowhere.</summary>
    public PageOptions? Read(ParseResult result) =>
        result.GetValue(_http) is { } address ? new PageOptions(address, !result.GetValue(_noBrowser)) : null;
}

/// <summary>Where a page is served.</summary>
/// <param name="Address">Where to listen.</param>
/// <param name="OpensBrowser">Whether it is opened for the user.</param>
internal sealed record PageOptions(ListenAddress Address, bool OpensBrowser);
