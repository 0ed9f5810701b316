namespace Plumb.Cli.Tests;

/// <summary>
/// Finds the pace at which this machine keeps up. Snapshots are left out when one takes longer than their distance; on a machine that has
/// a moment for the test only now and then, short distances leave too few to judge.
/// </summary>
internal static class Pace
{
    private const int Slower = 3;
    private const int Attempts = 4;

    /// <param name="millis">The distance to begin with, as quick as a free machine allows.</param>
    /// <param name="keepsUpAsync">Takes the whole measurement with that distance, and says whether nothing was left out.</param>
    public static async Task FindAsync(int millis, Func<int, Task<bool>> keepsUpAsync)
    {
        for (int attempt = 1; !await keepsUpAsync(millis) && attempt < Attempts; attempt++)
        {
            millis *= Slower;
        }
    }
}
