namespace Plumb.Profiles.Tests;

/// <summary>The files below testdata/.</summary>
internal static class TestData
{
    public static byte[] Profile(string name) => File.ReadAllBytes(Path.Combine(Folder("profiles"), name));

    public static string Folder(string name) => Path.Combine(Root(), name);

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "testdata");
            if (Directory.Exists(candidate) && File.Exists(Path.Combine(folder.FullName, "Plumb.slnx")))
                return candidate;
        }

        throw new DirectoryNotFoundException($"testdata/ is not above {AppContext.BaseDirectory}");
    }
}
