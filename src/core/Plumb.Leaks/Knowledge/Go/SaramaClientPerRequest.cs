namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>responseReceiver</c>, <c>backgroundMetadataUpdater</c>.</summary>
public sealed class SaramaClientPerRequest : LeakPattern
{
    public override string Id => "sarama-client-per-request";

    public override string Title => "A Kafka client (sarama) is made for each message";

    public override string Cause => "Each client runs metadata and broker goroutines with their connections until Close.";

    public override string Remedy => "Share one client and one producer; Close() them at the end.";

    public override string? Reference => "https://pkg.go.dev/github.com/IBM/sarama";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutine("sarama", "(*Broker).responseReceiver", "(*client).backgroundMetadataUpdater", "(*asyncProducer).*") is not null
            ? PatternMatch.Yes("more and more broker and metadata goroutines of sarama")
            : PatternMatch.No;
    }
}
