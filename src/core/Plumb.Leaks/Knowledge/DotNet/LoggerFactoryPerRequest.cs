namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>LoggerFactory</c> objects rise.</summary>
public sealed class LoggerFactoryPerRequest : LeakPattern
{
    public override string Id => "dotnet-logger-factory-per-request";

    public override string Title => "A logger factory is made for each request";

    public override string Cause =>
        "Each factory has its providers; the console provider has a thread and a queue, until the factory is " +
        "disposed.";

    public override string Remedy => "One ILoggerFactory, from dependency injection.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/core/extensions/logging";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("Microsoft.Extensions.Logging.LoggerFactory", "Microsoft.Extensions.Logging.Console.ConsoleLoggerProcessor")
            ? PatternMatch.Yes("logger factories or their processors rise")
            : PatternMatch.No;
    }
}
