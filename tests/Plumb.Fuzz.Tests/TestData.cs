namespace Plumb.Fuzz.Tests;

/// <summary>The files below testdata/.</summary>
internal static class TestData
{
    public static string Root { get; } = Find();

    public static string Folder(string name) => Path.Combine(Root, name);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Plumb.slnx")))
                return Path.Combine(folder.FullName, "testdata");
        }

        throw new DirectoryNotFoundException($"no checkout above {AppContext.BaseDirectory}");
    }
}
