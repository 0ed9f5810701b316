using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Profiles.Folded;
using Plumb.Reports.Options;
using Plumb.Web.Serving;

namespace Plumb.Web.Tests;

/// <summary>Small profiles, served.</summary>
internal static class TestProfiles
{
    public static Profile Shop { get; } = FoldedText.Parse("""
        main.main;net/http.serve;example.org/shop/cart.(*Cart).Add;example.org/shop/store.Save;encoding/json.Marshal 30
        main.main;net/http.serve;example.org/shop/cart.(*Cart).Add;runtime.mallocgc 20
        main.main;net/http.serve;example.org/shop/cart.(*Cart).Total 15
        main.main;net/http.serve;example.org/shop/search.Query;example.org/shop/store.Load 10
        main.main;net/http.serve;example.org/shop/search.Query;example.org/shop/search.rank;example.org/shop/search.rank 8
        main.main;example.org/shop/jobs.Run;example.org/shop/store.Save;encoding/json.Marshal 12
        main.main;runtime.gc 5
        """);

    public static Task<WebServer> ServeAsync(Profile profile, ReportOptions? options = null) =>
        ServeAsync(new ProfileSession(ProfileSelection.All(profile), options ?? ReportOptions.Default) { Title = "shop.pb.gz" });

    public static Task<WebServer> ServeAsync(ProfileSession session) =>
        WebServer.StartAsync(ListenAddress.Parse("localhost:"), session, CancellationToken.None);

    /// <summary>The folder of the recorded profiles and of what the reference says of them.</summary>
    public static string TestData()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Plumb.slnx")))
            folder = Path.GetDirectoryName(folder);

        return Path.Combine(folder!, "testdata");
    }
}
