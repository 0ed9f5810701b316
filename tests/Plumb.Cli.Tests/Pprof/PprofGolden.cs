using System.Text;

namespace Plumb.Cli.Tests.Pprof;

/// <summary>Compares with a file below <c>testdata/golden/pprof</c>; <c>./dev bless</c> writes it anew.</summary>
internal static class PprofGolden
{
    public static void Matches(string name, string actual)
    {
        string path = Path.Combine(TestFolder("golden", "pprof"), name);
        if (Environment.GetEnvironmentVariable("PLUMB_BLESS") == "1")
            File.WriteAllText(path, actual, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        else
            Assert.Equal(File.ReadAllText(path), actual);
    }

    /// <summary>A folder below testdata/, looked for upwards from the test's own.</summary>
    public static string TestFolder(params string[] parts)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine([folder.FullName, "testdata", .. parts]);
            if (Directory.Exists(candidate))
                return candidate;
        }

        throw new DirectoryNotFoundException($"no testdata/{string.Join('/', parts)} above {AppContext.BaseDirectory}");
    }
}
