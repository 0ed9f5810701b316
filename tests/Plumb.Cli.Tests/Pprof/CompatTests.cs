using System.Text;

namespace Plumb.Cli.Tests.Pprof;

public class CompatTests
{
    /// <summary>Rows that differ on purpose; docs/reference/deviations.md says why, testdata/golden/pprof has what is expected instead.</summary>
    private static readonly HashSet<string> Deviations = ["heap_tags.pb.gz.neg_dot.txt"];

    // One golden file may be expected of several command lines, so a row is told by its number.
    public static TheoryData<int, string> Rows
    {
        get
        {
            var rows = new TheoryData<int, string>();
            foreach ((int number, (string name, _, _, _)) in CompatData.Rows().Index())
                rows.Add(number, name);

            return rows;
        }
    }

    [CompatTheory]
    [MemberData(nameof(Rows))]
    public void The_output_is_the_references_byte_for_byte(int number, string name)
    {
        (_, string[] arguments, string expected, int exitCode) = CompatData.Rows().ElementAt(number);

        PprofRun run = PprofRun.Of(CompatData.Folder!, arguments);

        Assert.Equal(exitCode, run.ExitCode);
        if (Deviations.Contains(name))
            PprofGolden.Matches(name, run.Text);
        else
            Assert.Equal(File.ReadAllText(expected, Encoding.UTF8).TrimEnd('\n'), run.Text.TrimEnd('\n'));
    }
}
