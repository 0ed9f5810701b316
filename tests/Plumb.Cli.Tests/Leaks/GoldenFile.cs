using System.Text;

namespace Plumb.Cli.Tests.Leaks;

/// <summary>Compares with a file below <c>testdata/golden/leaks</c>; <c>./dev bless</c> writes it anew.</summary>
internal static class GoldenFile
{
    public static void Matches(string name, string actual)
    {
        string path = Path.Combine(Folder(), name);
        if (Environment.GetEnvironmentVariable("PLUMB_BLESS") == "1")
        {
            File.WriteAllText(path, actual, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return;
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }

    // The compiled-in path is mapped away, so the folder is looked for upwards from the test's own.
    private static string Folder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string golden = Path.Combine(folder.FullName, "testdata", "golden", "leaks");
            if (Directory.Exists(golden))
            {
                return golden;
            }
        }

        throw new DirectoryNotFoundException($"no testdata/golden/leaks above {AppContext.BaseDirectory}");
    }
}
