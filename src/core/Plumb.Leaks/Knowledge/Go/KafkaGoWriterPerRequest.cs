namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>connPool.discover</c>, <c>writeBatches</c>.</summary>
public sealed class KafkaGoWriterPerRequest : LeakPattern
{
    public override string Id => "kafka-go-writer-per-request";

    public override string Title => "A kafka-go Writer or Reader is made for each message";

    public override string Cause => "Each Writer runs partition writers and a connection pool until Close.";

    public override string Remedy => "Share one Writer for each topic; Close() it at the end.";

    public override string? Reference => "https://pkg.go.dev/github.com/segmentio/kafka-go#Writer";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutine("kafka-go", "(*connPool).discover", "(*conn).run", "(*partitionWriter).writeBatches", "(*Writer).*", "(*Reader).run", "(*reader).run") is not null
            ? PatternMatch.Yes("more and more kafka-go goroutines")
            : PatternMatch.No;
    }
}
