using System.IO.Compression;
using Plumb.Cli.Pprof.Pictures;
using Plumb.Cli.Pprof.Sources;
using Plumb.Cli.Pprof.Viewing;
using Plumb.Profiles;
using Plumb.Profiles.Folded;
using Plumb.Profiles.Proto;
using Plumb.Reports;
using Plumb.Reports.Disassembly;
using Plumb.Reports.Exports;
using Plumb.Reports.Json;
using Plumb.Reports.Text;

namespace Plumb.Cli.Pprof;

/// <summary>Brings a report to where it was asked for: the standard output, a file, or a program that shows it.</summary>
internal sealed class Output(PprofHost host, IMachineCode code) : IDisposable
{
    private ReportViewing? _viewing;

    /// <summary>Whether reports are asked for one after another, between prompts.</summary>
    public bool IsShell { get; init; }

    public void Write(Report report, PprofCommand command, CancellationToken cancellationToken = default)
    {
        string file = report.Options.Output;
        bool isText = report.Options.Json || command.FileType is null;
        if (file.Length > 0)
        {
            Say($"Generating report in {file}");
            using FileStream target = File.Create(Path.Combine(host.Directory, file));
            Write(report, command, target, isTerminal: false, cancellationToken);
        }
        else if (isText || (!host.IsTerminal && !IsShell && !IsOnlyShown(command)))
        {
            Write(report, command, host.Out, host.IsTerminal, cancellationToken);
        }
        else if (command.Viewer != Viewer.None)
        {
            _viewing ??= new ReportViewing(host);
            _viewing.Show(
                command.Viewer, command.FileType!, target => Write(report, command, target, isTerminal: false, cancellationToken), waits: !IsShell);
        }
        else
        {
            // Nobody wants a picture's bytes in a terminal, or between prompts.
            using FileStream target = SavedProfiles.Create(host.Directory, "profile", $".{command.FileType}");
            Say($"Generating report in {Path.GetFileName(target.Name)}");
            Write(report, command, target, isTerminal: false, cancellationToken);
        }
    }

    public void Dispose() => _viewing?.Dispose();

    // The command is named after the program; a listing is not, and a script may want it.
    private static bool IsOnlyShown(PprofCommand command) => command.Viewer != Viewer.None && command.Format != ReportFormat.WebList;

    private void Write(Report report, PprofCommand command, Stream target, bool isTerminal, CancellationToken cancellationToken)
    {
        using var interruptible = new InterruptibleStream(target, cancellationToken);
        if (report.Options.Json)
            WriteJson(report, interruptible);
        else if (report.Format is ReportFormat.Proto or ReportFormat.TopProto)
            WriteProfile(ProfileExport.Of(report), interruptible);
        else if (report.Format == ReportFormat.Folded)
            FoldedText.Write(ProfileExport.Of(report), interruptible, [report.Column], cancellationToken);
        else if (command.Graphviz is { } format)
            new GraphDrawing(host).Write(report, format, interruptible, cancellationToken);
        else
            WriteText(report, interruptible, isTerminal);
    }

    private static void WriteProfile(Profile profile, Stream target)
    {
        using var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true);
        ProfileEncoder.Encode(profile, gzip);
    }

    private void WriteText(Report report, Stream target, bool isTerminal)
    {
        using var writer = new ReportWriter(target, isTerminal);
        using var sources = new LocalSources(report, host);
        ReportPrinter.Print(report, sources, writer, code);
    }

    private void WriteJson(Report report, Stream target)
    {
        using var sources = new LocalSources(report, host);
        JsonReport.Write(report, sources, code, target);
    }

    private void Say(string note) => host.Error.WriteLine(TerminalText.Escape(note));
}
