using System.IO.Compression;
using System.Text.Json;
using Plumb.Profiles.Folded;
using Plumb.Profiles.Proto;
using Plumb.Reports;
using Plumb.Reports.Exports;
using Plumb.Reports.Flame;
using Plumb.Reports.Listing;
using Plumb.Reports.Text;
using Plumb.Reports.Top;
using Plumb.Web.Serving;

namespace Plumb.Web.Views;

/// <summary>Makes the answer for each view of a profile.</summary>
internal sealed class ProfileViews(ProfileSession session)
{
    // Traces of a large profile are gigabytes, and nobody reads them in a browser.
    private const int MaxTextBytes = 4 << 20;

    /// <returns>Null when there is no such view.</returns>
    public Func<ViewRequest, CancellationToken, Answer>? Find(string name) => name switch
    {
        "profile" => (_, _) => new Answer(Answer.Json, JsonSerializer.SerializeToUtf8Bytes(ProfileAnswer.Of(session), ViewJsonContext.Default.ProfileAnswer)),
        "check" => (request, _) => new Answer(Answer.Json, JsonSerializer.SerializeToUtf8Bytes(new CheckAnswer(request.Invalid()), ViewJsonContext.Default.CheckAnswer)),
        "flame" => Flame,
        "top" => (request, _) => Top(request),
        "peek" => (request, _) => Text(ReportFormat.Peek, request),
        "source" => (request, _) => Text(ReportFormat.List, request),
        "tree" => (request, _) => Text(ReportFormat.Tree, request),
        "traces" => (request, _) => Text(ReportFormat.Traces, request),
        "tags" => (request, _) => Text(ReportFormat.Tags, request),
        "raw" => (request, _) => Text(ReportFormat.Raw, request),
        "comments" => (request, _) => Text(ReportFormat.Comments, request),
        "graph" => (request, _) => Text(ReportFormat.Dot, request),
        "export/proto" => (request, _) => Proto(request),
        "export/folded" => (request, _) => Folded(request),
        _ => null,
    };

    private Report Report(ReportFormat format, ViewRequest request) =>
        session.Reports.Create(format, request.Options, request.Pattern, session.TimeZone);

    private Answer Flame(ViewRequest request, CancellationToken cancellation)
    {
        Report report = Report(ReportFormat.Flame, request);
        FlameView view = FlameView.Compute(report, FlameDetail.Default, request.Pivot, cancellation);
        return new Answer(Answer.Bytes, FlameAnswer.Write(view, report, request));
    }

    private Answer Top(ViewRequest request)
    {
        // A page can hold all of it, and finds what is small by filtering.
        Report report = Report(ReportFormat.Top, request with { Options = request.Options with { Trim = false } });
        TopAnswer answer = TopAnswer.Of(TopView.Compute(report), report, request);
        return new Answer(Answer.Json, JsonSerializer.SerializeToUtf8Bytes(answer, ViewJsonContext.Default.TopAnswer));
    }

    private Answer Text(ReportFormat format, ViewRequest request)
    {
        if (request.Symbol is null && format is ReportFormat.Peek or ReportFormat.List)
            throw new ReportException("no function was chosen: give a pattern for its name");

        Report report = Report(format, request);
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

    private Answer Proto(ViewRequest request)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
            ProfileEncoder.Encode(ProfileExport.Of(Report(ReportFormat.Proto, request)), gzip);

        return new Answer(Answer.Bytes, target.ToArray(), "profile.pb.gz");
    }

    private Answer Folded(ViewRequest request)
    {
        Report report = Report(ReportFormat.Folded, request);
        using var target = new MemoryStream();
        FoldedText.Write(ProfileExport.Of(report), target, report.Column);
        return new Answer(Answer.Text, target.ToArray(), "profile.folded");
    }
}
