using System.ComponentModel;
using System.Diagnostics;
using System.IO.Compression;
using Plumb.Cli.Pprof.Sources;
using Plumb.Profiles;
using Plumb.Profiles.Folded;
using Plumb.Profiles.Proto;
using Plumb.Reports;
using Plumb.Reports.Disassembly;
using Plumb.Reports.Exports;
using Plumb.Reports.Text;

namespace Plumb.Cli.Pprof;

/// <summary>Brings a report to where it was asked for: the standard output, a file, or by way of Graphviz.</summary>
internal sealed class Output(PprofHost host, IMachineCode code)
{
    public void Write(Report report, PprofCommand command)
    {
        string file = report.Options.Output;
        if (file.Length > 0)
        {
            Say($"Generating report in {file}");
            using FileStream target = File.Create(Path.Combine(host.Directory, file));
            Write(report, command, target, isTerminal: false);
        }
        else if (host.IsTerminal && command.FileType is { } type)
        {
            // Nobody wants a picture's bytes in a terminal.
            using FileStream target = SavedProfiles.Create(host.Directory, "profile", $".{type}");
            Say($"Generating report in {Path.GetFileName(target.Name)}");
            Write(report, command, target, isTerminal: false);
        }
        else
        {
            Write(report, command, host.Out, host.IsTerminal);
        }
    }

    private void Write(Report report, PprofCommand command, Stream target, bool isTerminal)
    {
        if (report.Format is ReportFormat.Proto or ReportFormat.TopProto)
            WriteProfile(ProfileExport.Of(report), target);
        else if (report.Format == ReportFormat.Folded)
            FoldedText.Write(ProfileExport.Of(report), target, report.Column);
        else if (command.Graphviz is { } format)
            WritePicture(report, format, target);
        else
            WriteText(report, target, isTerminal);
    }

    private static void WriteProfile(Profile profile, Stream target)
    {
        using var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true);
        ProfileEncoder.Encode(profile, gzip);
    }

    private void WriteText(Report report, Stream target, bool isTerminal)
    {
        using var writer = new ReportWriter(target, isTerminal);
        ReportPrinter.Print(report, new LocalSources(report.Options, host.Directory), writer, code);
    }

    private void WritePicture(Report report, string format, Stream target)
    {
        using var graph = new MemoryStream();
        WriteText(report, graph, isTerminal: false);
        using Process dot = StartGraphviz(format);

        // Written from the side: a large picture fills the pipe before the graph is read to its end.
        Task feeding = Task.Run(() =>
        {
            using Stream input = dot.StandardInput.BaseStream;
            graph.WriteTo(input);
        });
        dot.StandardOutput.BaseStream.CopyTo(target);
        dot.WaitForExit();
        if (dot.ExitCode != 0)
            throw new IOException($"Graphviz's dot failed with exit code {dot.ExitCode}");

        feeding.GetAwaiter().GetResult();
    }

    private static Process StartGraphviz(string format)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("dot", $"-T{format}") { RedirectStandardInput = true, RedirectStandardOutput = true })
                ?? throw new IOException("dot did not start");
        }
        catch (Win32Exception)
        {
            throw new UsageException($"-{format} needs Graphviz's dot, which is not on the PATH; install graphviz, or take -dot and draw it elsewhere");
        }
    }

    private void Say(string note) => host.Error.WriteLine(TerminalText.Escape(note));
}
