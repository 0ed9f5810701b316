using System.Collections.Concurrent;
using Plumb.Cli.Demo;

namespace Plumb.EndToEnd.Tests.Lab;

/// <summary>The built services: each is built once a run, however many tests ask for it at the same time.</summary>
internal static class LabPrograms
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<LabProgram>>> Built = new(StringComparer.Ordinal);

    public static Task<LabProgram> GetAsync(string name) => Built.GetOrAdd(
        name, static name => new Lazy<Task<LabProgram>>(() => LabProgram.BuildAsync(Repository.Checkout, name, CancellationToken.None))).Value;
}
