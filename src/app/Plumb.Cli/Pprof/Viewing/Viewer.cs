namespace Plumb.Cli.Pprof.Viewing;

/// <summary>A kind of program that shows a report.</summary>
internal enum Viewer
{
    None,
    Browser,
    Eog,
    Evince,
    Gv,
    KCachegrind,
}
