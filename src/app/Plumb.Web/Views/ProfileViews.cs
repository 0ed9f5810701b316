using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Plumb.Profiles.Folded;
using Plumb.Profiles.Proto;
using Plumb.Reports;
using Plumb.Reports.Disassembly;
using Plumb.Reports.Dot;
using Plumb.Reports.Exports;
using Plumb.Reports.Flame;
using Plumb.Reports.Graphs;
using Plumb.Reports.Listing;
using Plumb.Reports.Tags;
using Plumb.Reports.Text;
using Plumb.Reports.Top;
using Plumb.Reports.Trees;
using Plumb.Web.Serving;
using Plumb.Web.Shelf;

namespace Plumb.Web.Views;

/// <summary>Makes the answer for each view of a profile.</summary>
internal sealed class ProfileViews(ProfileSession session, ProfileShelf shelf)
{
    // Traces of a large profile are gigabytes, and nobody reads them in a browser.
    private const int MaxTextBytes = 4 << 20;

    /// <returns>Null when there is no such view.</returns>
    public Func<ViewRequest, CancellationToken, Answer>? Find(string name) => name switch
    {
        "profile" => Profile,
        "check" => (request, _) => Json(new CheckAnswer(request.Invalid()), ViewJsonContext.Default.CheckAnswer),
        "flame" => Flame,
        "top" => Top,
        "peek" => (request, cancellation) => Peek(ReportFormat.Peek, request, cancellation),
        "tree" => (request, cancellation) => Peek(ReportFormat.Tree, request, cancellation),
        "source" => Source,
        "graph" => Graph,
        "graph/layout" => Layout,
        "tags" => Tags,
        "traces" => (request, cancellation) => Text(ReportFormat.Traces, request, cancellation),
        "raw" => (request, cancellation) => Text(ReportFormat.Raw, request, cancellation),
        "comments" => (request, cancellation) => Text(ReportFormat.Comments, request, cancellation),
        "export/proto" => Proto,
        "export/folded" => Folded,
        _ => null,
    };

    /// <summary>Whether the same question has the same answer later on. Other profiles are uploaded meanwhile.</summary>
    public static bool IsLasting(string name) => name != "profile";

    private Report Report(ReportFormat format, ViewRequest request, CancellationToken cancellation) =>
        shelf.Open(request.Pair, request.Options.Normalize).Create(format, request.Options, request.Pattern, session.TimeZone, cancellation);

    private static Answer Json<T>(T answer, JsonTypeInfo<T> type) => new(Answer.Json, JsonSerializer.SerializeToUtf8Bytes(answer, type));

    private Answer Profile(ViewRequest request, CancellationToken cancellation) =>
        Json(ProfileAnswer.Of(Report(ReportFormat.Flame, request, cancellation), request, session, shelf), ViewJsonContext.Default.ProfileAnswer);

    private Answer Flame(ViewRequest request, CancellationToken cancellation)
    {
        Report report = Report(ReportFormat.Flame, request, cancellation);
        FlameDetail detail = request.Options.Trim ? FlameDetail.Default : FlameDetail.Fine;
        return new Answer(Answer.Bytes, FlameAnswer.Write(FlameView.Compute(report, detail, request.Pivot, cancellation), report, request));
    }

    private Answer Top(ViewRequest request, CancellationToken cancellation)
    {
        // A page can hold all of it, and finds what is small by filtering.
        Report report = Report(ReportFormat.Top, request with { Options = request.Options with { Trim = false } }, cancellation);
        return Json(TopAnswer.Of(TopView.Compute(report), report, request), ViewJsonContext.Default.TopAnswer);
    }

    private Answer Peek(ReportFormat format, ViewRequest request, CancellationToken cancellation)
    {
        if (format == ReportFormat.Peek)
            RequireSymbol(request);

        Report report = Report(format, request, cancellation);
        TreeView view = TreeView.Compute(report);
        if (format == ReportFormat.Peek && view.Nodes.IsEmpty)
            throw new ReportException($"no matches found for regexp: {request.Symbol}");

        return Json(PeekAnswer.Of(view, report, request), ViewJsonContext.Default.PeekAnswer);
    }

    private Answer Source(ViewRequest request, CancellationToken cancellation)
    {
        RequireSymbol(request);
        Report report = Report(ReportFormat.List, request, cancellation);
        Report? instructions = SourceAnswer.HasAddresses(report.Profile) ? Report(ReportFormat.WebList, request, cancellation) : null;
        ISourceFiles sources = session.Sources(report);
        using var closingSources = sources as IDisposable;
        IMachineCode code = shelf.MayReadCode(request.Pair) ? session.Code(cancellation) : new NoCode();
        using var closingCode = code as IDisposable;
        return Json(SourceAnswer.Compute(report, instructions, sources, code, request), ViewJsonContext.Default.SourceAnswer);
    }

    private Answer Graph(ViewRequest request, CancellationToken cancellation)
    {
        Report report = Report(ReportFormat.Dot, request, cancellation);
        return Json(GraphAnswer.Of(GraphView.Compute(report), report, request, session.Layout is not null), ViewJsonContext.Default.GraphAnswer);
    }

    private Answer Layout(ViewRequest request, CancellationToken cancellation)
    {
        if (session.Layout is not { } layout)
            throw new ReportException("Graphviz's dot is not on this machine: install the package graphviz, and start plumb again");

        Report report = Report(ReportFormat.Dot, request, cancellation);
        GraphView view = GraphView.Compute(report);
        using var graph = new MemoryStream();
        using (var writer = new ReportWriter(graph))
            DotText.Write(view, report.Amounts(view.Unit), writer);

        try
        {
            return new Answer(Answer.Json, layout(graph, cancellation));
        }
        catch (IOException e)
        {
            throw new ReportException(e.Message, e);
        }
    }

    private Answer Tags(ViewRequest request, CancellationToken cancellation)
    {
        Report report = Report(ReportFormat.Tags, request, cancellation);
        return Json(TagsAnswer.Of(TagsView.Compute(report), report, request), ViewJsonContext.Default.TagsAnswer);
    }

    private static void RequireSymbol(ViewRequest request)
    {
        if (request.Symbol is null)
            throw new ReportException("no function was chosen: give a pattern for its name");
    }

    private Answer Text(ReportFormat format, ViewRequest request, CancellationToken cancellation)
    {
        Report report = Report(format, request, cancellation);
        ISourceFiles sources = session.Sources(report);
        using var disposable = sources as IDisposable;
        using var target = new BoundedText(MaxTextBytes);
        try
        {
            using var writer = new ReportWriter(target);
            ReportPrinter.Print(report, sources, writer);
        }
        catch (BoundedText.FullException)
        {
            target.End($"\n… the rest is left out: more than {MaxTextBytes >> 20} MB. plumb pprof prints all of it.\n");
        }

        return new Answer(Answer.Text, target.ToArray());
    }

    private Answer Proto(ViewRequest request, CancellationToken cancellation)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
            ProfileEncoder.Encode(ProfileExport.Of(Report(ReportFormat.Proto, request, cancellation)), gzip);

        return new Answer(Answer.Bytes, target.ToArray(), "profile.pb.gz");
    }

    private Answer Folded(ViewRequest request, CancellationToken cancellation)
    {
        Report report = Report(ReportFormat.Folded, request, cancellation);
        using var target = new MemoryStream();
        FoldedText.Write(ProfileExport.Of(report), target, [report.Column], cancellation);
        return new Answer(Answer.Text, target.ToArray(), "profile.folded");
    }
}
