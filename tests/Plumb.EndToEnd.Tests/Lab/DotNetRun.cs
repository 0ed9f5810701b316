namespace Plumb.EndToEnd.Tests.Lab;

/// <summary>A service of lab/csharp in one variant, as <c>plumb leaks</c> saw it.</summary>
internal sealed record DotNetRun(DotNetDefect Defect, PlumbRun Plumb, LeaksAnswer Answer, string ServiceLog)
{
    /// <summary>The leak is named first: function, line, cause; and nothing else is accused.</summary>
    public void NamesTheLine()
    {
        Check(Plumb.ExitCode == 1 && Answer.Verdict == "leak", "it is called a leak, with exit code 1");
        Check(Answer.Findings.Count == 1, "one defect is one finding");
        LeaksFinding finding = Answer.Findings[0];
        Check(finding.Function == Defect.Function, $"the function is {Defect.Function}");
        Check(finding.Pattern == Defect.Pattern, $"the pattern is {Defect.Pattern}");
        Check(
            Path.GetFileName(finding.File) == Defect.File && finding.Line is int line && DotNetLab.LeakingLines(Defect).Contains(line),
            $"the line is one of {Defect.File} that says '{LabManifest.Marker}'");
    }

    public void StaysSilent()
    {
        Check(Answer.Findings.Count == 0, "nothing is accused");
        Check(Plumb.ExitCode == 0 && Answer.Verdict == "none", "it is no leak, with exit code 0");
    }

    private void Check(bool holds, string promise) =>
        Assert.True(holds, $"{Defect.Name}: {promise}\n{Plumb.Command}\nexit code {Plumb.ExitCode}\n{Plumb.Output}\n{Plumb.Talk}\n--- the service said:\n{ServiceLog}");
}
