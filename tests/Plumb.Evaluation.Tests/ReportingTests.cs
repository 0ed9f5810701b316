using System.Xml.Linq;
using Plumb.Evaluation.Reporting;
using Plumb.Evaluation.Scoring;
using Plumb.Evaluation.Series;

namespace Plumb.Evaluation.Tests;

public sealed class ReportingTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_measured_part_of_a_page_is_replaced_and_nothing_else()
    {
        const string page = "# Page\n<!-- scores -->\nold\n<!-- end of scores -->\nby hand\n";

        Assert.Equal("# Page\n<!-- scores -->\nnew\n<!-- end of scores -->\nby hand\n", MarkedPage.Replace(page, "scores", "new\n\n"));
        Assert.Throws<InvalidDataException>(() => MarkedPage.Replace(page, "costs", "new"));
    }

    [Fact]
    public void Every_fault_is_listed_with_its_series()
    {
        var leaking = new Truth { Leaks = true, ExactFunctions = ["main.order"] };
        Outcome missed = Answers.Outcome(_folder, leaking, Answers.Answer("none"));
        Outcome wrong = Answers.Outcome(_folder, leaking, Answers.Answer("leak", Answers.Finding("main.other")));
        Outcome right = Answers.Outcome(_folder, leaking, Answers.Answer("leak", Answers.Finding("main.order")));

        string faults = new Report([missed, wrong, right]).Faults();

        Assert.Equal(2, faults.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains($"{missed.Trial.Series.Name}: missed", faults, StringComparison.Ordinal);
        Assert.Contains($"{wrong.Trial.Series.Name}: wrong function: main.other", faults, StringComparison.Ordinal);
    }

    [Fact]
    public void The_plot_has_a_dot_for_every_bin_and_is_well_formed()
    {
        var truth = new Truth { Leaks = true, ExactFunctions = ["main.order"] };
        Reliability reliability = Reliability.Of([
            Answers.Outcome(_folder, truth, Answers.Answer("leak", Answers.Finding("main.order", confidence: 0.97))),
            Answers.Outcome(_folder, truth, Answers.Answer("leak", Answers.Finding("main.order", confidence: 0.55))),
        ]);

        XElement svg = XElement.Parse(ReliabilityPlot.Draw(reliability));

        Assert.Equal(2, svg.Elements().Count(element => element.Name.LocalName == "circle"));
    }
}
