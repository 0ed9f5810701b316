using Plumb.Benchmarks;
using Plumb.Benchmarks.DotNet;
using Plumb.Benchmarks.Web;

return args switch
{
    ["generate", var folder] => SyntheticProfiles.WriteAll(folder),
    ["pprof", var folder, var plumb, "--keep", var file, .. var only] => PprofSideBySide.Run(folder, plumb, new History(file), only),
    ["pprof", var folder, var plumb, .. var only] => PprofSideBySide.Run(folder, plumb, new History(null), only),
    ["web", var folder, var plumb, var patience, "--keep", var file] => await WebSideBySide.RunAsync(folder, plumb, Seconds(patience), new History(file)),
    ["web", var folder, var plumb, var patience] => await WebSideBySide.RunAsync(folder, plumb, Seconds(patience), new History(null)),
    ["dotnet", var root, "--keep", var file, .. var only] => await DotNetBench.RunAsync(root, new History(file), only),
    ["dotnet", var root, .. var only] => await DotNetBench.RunAsync(root, new History(null), only),
    ["shape"] => ProfileShape.Run(),
    _ => Usage(),
};

static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture));

static int Usage()
{
    Console.Error.WriteLine("""
        generate FOLDER              the synthetic profiles, seeded: the same bytes of content each time
        pprof FOLDER PLUMB [--keep FILE] [WORK…]
                                     plumb pprof beside go tool pprof and any pprof on PATH, in turns
        web FOLDER PLUMB SECONDS [--keep FILE]
                                     the browser view of plumb pprof beside that of go tool pprof, in Chromium; a picture is
                                     waited for that long
        dotnet ROOT [--keep FILE] [accuracy | overhead | pause | soak]…
                                     profiles of a .NET service: how true, what they cost; ROOT is the checkout
        shape                        why the profile is columnar: memory and time beside a model of objects
        """);
    return 2;
}
