using Plumb.Cli.Demo;

namespace Plumb.EndToEnd.Tests.Lab;

/// <summary>Where this test's own repository is.</summary>
internal static class Repository
{
    public static Checkout Checkout { get; } =
        Checkout.Find(AppContext.BaseDirectory) ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is in no checkout of Plumb.");
}
