namespace Plumb.Runtime.Tests.Agent;

/// <summary>Where <c>./dev test</c> puts the native agent.</summary>
internal static class AgentFile
{
    private const string BelowTheCheckout = ".plumb/agent/libplumb-agent.so";

    public static string Path { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = System.IO.Path.Combine(folder.FullName, BelowTheCheckout);
            if (File.Exists(file) || File.Exists(System.IO.Path.Combine(folder.FullName, "Plumb.slnx")))
                return file;
        }

        return BelowTheCheckout;
    }
}
