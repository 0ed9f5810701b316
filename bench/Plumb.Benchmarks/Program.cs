using Plumb.Benchmarks;

return args switch
{
    ["generate", var folder] => SyntheticProfiles.WriteAll(folder),
    ["pprof", var folder, var plumb, "--keep", var file, .. var only] => PprofSideBySide.Run(folder, plumb, new History(file), only),
    ["pprof", var folder, var plumb, .. var only] => PprofSideBySide.Run(folder, plumb, new History(null), only),
    ["shape"] => ProfileShape.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        generate FOLDER              the synthetic profiles, seeded: the same bytes of content each time
        pprof FOLDER PLUMB [--keep FILE] [WORK…]
                                     plumb pprof beside go tool pprof and any pprof on PATH, in turns
        shape                        why the profile is columnar: memory and time beside a model of objects
        """);
    return 2;
}
