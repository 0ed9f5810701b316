namespace Plumb.Cli.Demo;

/// <summary>The checkout of the repository that this build of plumb lies in. The lab's sources are found there.</summary>
/// <param name="Root">The folder that holds <c>lab/</c>.</param>
internal sealed record Checkout(string Root)
{
    /// <summary>A folder a service, each with its <c>lab.json</c>.</summary>
    public string Services => Path.Combine(Root, "lab", "go");

    /// <summary>The script that installs what the lab needs.</summary>
    public string InstallScript => Path.Combine(Root, "lab", "install");

    /// <summary>Where built services are kept; nothing in it is precious.</summary>
    public string Cache => Path.Combine(Root, ".plumb", "lab");

    /// <summary>Looks for the checkout from a folder upwards; null when the folder is in none.</summary>
    public static Checkout? Find(string folder)
    {
        for (DirectoryInfo? candidate = new(folder); candidate is not null; candidate = candidate.Parent)
        {
            Checkout checkout = new(candidate.FullName);
            if (File.Exists(checkout.InstallScript) && Directory.Exists(checkout.Services))
                return checkout;
        }

        return null;
    }
}
