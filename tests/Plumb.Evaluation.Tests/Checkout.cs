namespace Plumb.Evaluation.Tests;

internal static class Checkout
{
    /// <summary>The root of the repository that these tests were built in.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Plumb.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
